<?php
// An agency as PHP's SoapClient plays it: __doRequest signs the request, decrypts the answer and verifies it.
//
// Usage: php lookup_client.php < request
//
// Reads JSON: wsdl, version (16-02 or 14-05), key, certificate, trust, server (files), organisation of the server, and calls, a list of
// {"operation": ..., "fields": {...}, "onBehalfOf": ...}. Prints a list of {"signed": names, "answer": what SoapClient returned},
// {"fault": text} or {"refused": why}.

declare(strict_types=1);

require __DIR__ . '/sign_message.php';
require __DIR__ . '/signed_message.php';
require __DIR__ . '/encrypted_message.php';

const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope';
const MESSAGES = 'http://kontaktinfo.difi.no/xsd/oppslagstjeneste/';

// docs:begin client
/** SoapClient knows neither signatures nor encryption, but hands every message to __doRequest before it sends it. */
final class AgencyClient extends SoapClient
{
    /** What read_message found in the last answer. */
    public array $found = [];
    private Terms $terms;

    public function __construct(
        string $wsdl,
        private string $version,
        private string $key,
        private string $certificate,
        private string $trust,
        private string $server,
        private string $organisation,
    ) {
        // 16-02 speaks SOAP 1.2 and SHA-256; answers of 14-05 are signed as in its years.
        $this->terms = $version === '16-02' ? new Terms(SOAP12) : new Terms(SOAP, RSA_SHA1, SHA1);
        parent::__construct($wsdl, [
            'cache_wsdl' => WSDL_CACHE_NONE,
            'soap_version' => $version === '16-02' ? SOAP_1_2 : SOAP_1_1,
            'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
        ]);
    }

    /** 16-02 only: whom the calls are made for. */
    public function actFor(?string $organisation): void
    {
        $block = fn () => new SoapHeader(MESSAGES . '16-02', 'Oppslagstjenesten', ['PaaVegneAv' => $organisation]);
        $this->__setSoapHeaders($organisation === null ? null : [$block()]);
    }

    public function __doRequest(
        string $request,
        string $location,
        string $action,
        int $version,
        bool $oneWay = false,
    ): ?string {
        $this->found = [];
        $soap = $this->terms->soap;
        [$message, $value] = sign_message($request, $this->key, $this->certificate, $soap);
        $wire = parent::__doRequest($message, $location, $action, $version, $oneWay) ?? '';
        $plain = decrypt_message($wire, $this->key, $soap);
        // Throws where the answer cannot be believed: SoapClient never sees it then.
        $this->found = read_message($plain, $this->trust, $this->organisation, $value, $this->terms, $this->server);
        return $plain;
    }
}
// docs:end client

/** JSON knows no octets. */
function printable(mixed $value): mixed
{
    if (is_array($value) || is_object($value)) {
        return array_map(printable(...), (array) $value);
    }
    return is_string($value) && preg_match('//u', $value) !== 1 ? base64_encode($value) : $value;
}

$request = json_decode(stream_get_contents(STDIN), true, 32, JSON_THROW_ON_ERROR);
$client = new AgencyClient(
    $request['wsdl'],
    $request['version'],
    file_get_contents($request['key']),
    // The first certificate of the file: the leaf.
    strstr(file_get_contents($request['certificate']), '-----END', true),
    $request['trust'],
    file_get_contents($request['server']),
    $request['organisation'],
);

$answers = [];
foreach ($request['calls'] as $call) {
    try {
        $client->actFor($call['onBehalfOf'] ?? null);
        // docs:begin call
        $answer = $client->__soapCall($call['operation'], [$call['fields']]);
        $answers[] = ['signed' => $client->found['signed'], 'answer' => printable($answer)];
    } catch (SoapFault $fault) {
        $answers[] = ['fault' => $fault->getMessage()];
        // docs:end call
    } catch (UnexpectedValueException $refusal) {
        $answers[] = ['refused' => $refusal->getMessage()];
    }
}
echo json_encode($answers, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE);
