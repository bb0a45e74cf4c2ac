<?php
// A mailbox provider as PHP's SoapClient plays it: __doRequest signs the request and verifies the answer, by DOM and OpenSSL.
//
// Usage: php mailbox_client.php < request
//
// Reads JSON: wsdl, key, certificate, trust (files), organisation of the server, and jobs, a list of
// {"operation": ..., "fields": {...}} to call and {"read": base64, "sent": SignatureValue} to verify. Prints a list of {"wire": base64, "element",
// "fields", "signed": names} or {"wire", "refused": why}; a fault, which is never signed, has no "signed". A call has "answer" too,
// what SoapClient returned, or "fault", its code.

declare(strict_types=1);

require __DIR__ . '/sign_message.php';
require __DIR__ . '/signed_message.php';

// docs:begin client
/** SoapClient knows no WS-Security, but hands every message to __doRequest before it sends it. */
final class SignedClient extends SoapClient
{
    /** The last answer as it came, and what read_message found in it. */
    public string $wire = '';
    public array $found = [];

    public function __construct(
        string $wsdl,
        private string $key,
        private string $certificate,
        private string $trust,
        private string $organisation,
    ) {
        parent::__construct($wsdl, ['cache_wsdl' => WSDL_CACHE_NONE, 'exceptions' => true]);
    }

    public function __doRequest(
        string $request,
        string $location,
        string $action,
        int $version,
        bool $oneWay = false,
    ): ?string {
        [$this->wire, $this->found] = ['', []];
        [$message, $value] = sign_message($request, $this->key, $this->certificate);
        $this->wire = parent::__doRequest($message, $location, $action, $version, $oneWay) ?? '';
        // Throws where the answer cannot be believed: SoapClient never sees it then.
        $this->found = read_message($this->wire, $this->trust, $this->organisation, $value);
        return $this->wire;
    }
}
// docs:end client

$request = json_decode(stream_get_contents(STDIN), true, 32, JSON_THROW_ON_ERROR);
['trust' => $trust, 'organisation' => $organisation] = $request;
$key = file_get_contents($request['key']);
// The first certificate of the file: the leaf.
$certificate = strstr(file_get_contents($request['certificate']), '-----END', true);
$client = null;

$answers = [];
foreach ($request['jobs'] as $job) {
    if (isset($job['read'])) {
        $wire = base64_decode($job['read'], true);
        try {
            $found = read_message($wire, $trust, $organisation, $job['sent'] ?? null);
        } catch (UnexpectedValueException $refusal) {
            $found = ['refused' => $refusal->getMessage()];
        }
        $answers[] = ['wire' => base64_encode($wire), ...$found];
        continue;
    }
    $client ??= new SignedClient($request['wsdl'], $key, $certificate, $trust, $organisation);
    try {
        // docs:begin call
        $answer = $client->__soapCall($job['operation'], [$job['fields']]);
        $found = [...$client->found, 'answer' => $answer];
    } catch (SoapFault $fault) {
        $found = [...$client->found, 'fault' => $fault->faultcode];
        // docs:end call
    } catch (UnexpectedValueException $refusal) {
        $found = ['refused' => $refusal->getMessage()];
    }
    $answers[] = ['wire' => base64_encode($client->wire), ...$found];
}
echo json_encode($answers, JSON_THROW_ON_ERROR);
