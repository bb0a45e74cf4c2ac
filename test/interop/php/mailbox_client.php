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

require __DIR__ . '/signed_message.php';

// docs:begin sign
/** Signs Timestamp and Body of an envelope; returns it with its SignatureValue. */
function sign_message(string $message, string $key, string $certificate): array
{
    $document = new DOMDocument();
    $document->loadXML($message, LIBXML_NONET);
    $append = function (DOMNode $parent, string $namespace, string $name, string $text = '') use ($document) {
        $element = $parent->appendChild($document->createElementNS($namespace, $name));
        $element->appendChild($document->createTextNode($text));
        return $element;
    };
    $method = fn (DOMNode $parent, string $name, string $algorithm) =>
        $append($parent, DS, "ds:$name")->setAttribute('Algorithm', $algorithm);

    // Ids are new in every message: by these alone do two equal requests of one second differ, and neither is a replay.
    [$token_id, $time_id, $body_id] = array_map(fn ($name) => $name . '-' . bin2hex(random_bytes(8)), ['X509', 'TS', 'B']);
    $envelope = $document->documentElement;
    $body = child($envelope, SOAP, 'Body');
    $body->setAttributeNS(WSU, 'wsu:Id', $body_id);
    $header = $envelope->insertBefore($document->createElementNS(SOAP, 'SOAP-ENV:Header'), $body);
    $security = $append($header, WSSE, 'wsse:Security');
    $security->setAttributeNS(SOAP, 'SOAP-ENV:mustUnderstand', '1');
    $token = $append($security, WSSE, 'wsse:BinarySecurityToken', pem_to_base64($certificate));
    $token->setAttribute('EncodingType', WSS . 'soap-message-security-1.0#Base64Binary');
    $token->setAttribute('ValueType', X509V3);
    $token->setAttributeNS(WSU, 'wsu:Id', $token_id);
    $timestamp = $append($security, WSU, 'wsu:Timestamp');
    $timestamp->setAttributeNS(WSU, 'wsu:Id', $time_id);
    $append($timestamp, WSU, 'wsu:Created', gmdate('Y-m-d\TH:i:s\Z'));
    $append($timestamp, WSU, 'wsu:Expires', gmdate('Y-m-d\TH:i:s\Z', time() + 60));

    $signature = $append($security, DS, 'ds:Signature');
    $signed_info = $append($signature, DS, 'ds:SignedInfo');
    $method($signed_info, 'CanonicalizationMethod', EXC_C14N);
    $method($signed_info, 'SignatureMethod', RSA_SHA256);
    foreach ([$time_id => $timestamp, $body_id => $body] as $id => $element) {
        $reference = $append($signed_info, DS, 'ds:Reference');
        $reference->setAttribute('URI', "#$id");
        $method($append($reference, DS, 'ds:Transforms'), 'Transform', EXC_C14N);
        $method($reference, 'DigestMethod', SHA256);
        $digest = hash('sha256', $element->C14N(true), true);
        $append($reference, DS, 'ds:DigestValue', base64_encode($digest));
    }
    openssl_sign($signed_info->C14N(true), $octets, $key, OPENSSL_ALGO_SHA256);
    $value = base64_encode($octets);
    $append($signature, DS, 'ds:SignatureValue', $value);
    $pointer = $append($append($signature, DS, 'ds:KeyInfo'), WSSE, 'wsse:SecurityTokenReference');
    $reference = $append($pointer, WSSE, 'wsse:Reference');
    $reference->setAttribute('URI', "#$token_id");
    $reference->setAttribute('ValueType', X509V3);
    return [$document->saveXML(), $value];
}
// docs:end sign

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
