<?php
// A mailbox provider as PHP's DOM and OpenSSL play it, without any WS-Security library: signs requests, verifies answers.
//
// Usage: php mailbox_client.php < request
//
// Reads JSON: service, key, certificate, trust (files), organisation of the server, and jobs, a list of
// {"operation": ..., "fields": {...}} to call and {"read": base64, "sent": SignatureValue} to verify. Prints a list of {"wire": base64, "element",
// "fields", "signed": names} or {"wire", "refused": why}; a fault, which is never signed, has no "signed".

declare(strict_types=1);

require __DIR__ . '/signed_message.php';

const MESSAGES = 'http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1';

/** Writes an envelope and signs Timestamp and Body; returns it with its SignatureValue. */
function write_request(array $job, string $key, string $certificate): array
{
    $document = new DOMDocument('1.0', 'UTF-8');
    $append = function (DOMNode $parent, string $namespace, string $name, string $text = '') use ($document) {
        $element = $parent->appendChild($document->createElementNS($namespace, $name));
        $element->appendChild($document->createTextNode($text));
        return $element;
    };
    $method = fn (DOMNode $parent, string $name, string $algorithm) =>
        $append($parent, DS, "ds:$name")->setAttribute('Algorithm', $algorithm);

    // Ids are new in every message: by these alone do two equal requests of one second differ, and neither is a replay.
    [$token_id, $time_id, $body_id] = array_map(fn ($name) => $name . '-' . bin2hex(random_bytes(8)), ['X509', 'TS', 'B']);
    $envelope = $append($document, SOAP, 'soap:Envelope');
    $security = $append($append($envelope, SOAP, 'soap:Header'), WSSE, 'wsse:Security');
    $security->setAttributeNS(SOAP, 'soap:mustUnderstand', '1');
    $token = $append($security, WSSE, 'wsse:BinarySecurityToken', pem_to_base64($certificate));
    $token->setAttribute('EncodingType', WSS . 'soap-message-security-1.0#Base64Binary');
    $token->setAttribute('ValueType', X509V3);
    $token->setAttributeNS(WSU, 'wsu:Id', $token_id);
    $timestamp = $append($security, WSU, 'wsu:Timestamp');
    $timestamp->setAttributeNS(WSU, 'wsu:Id', $time_id);
    $append($timestamp, WSU, 'wsu:Created', gmdate('Y-m-d\TH:i:s\Z'));
    $append($timestamp, WSU, 'wsu:Expires', gmdate('Y-m-d\TH:i:s\Z', time() + 60));
    $body = $append($envelope, SOAP, 'soap:Body');
    $body->setAttributeNS(WSU, 'wsu:Id', $body_id);
    $payload = $append($body, MESSAGES, "{$job['operation']}Forespoersel");
    foreach ($job['fields'] as $name => $value) {
        $append($payload, MESSAGES, $name, $value);
    }

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

/** The bytes of the answer, whatever its status. */
function send(string $service, string $message): string
{
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => ['Content-Type: text/xml; charset=utf-8', 'SOAPAction: ""'],
        'content' => $message,
        'ignore_errors' => true,
    ]]);
    return file_get_contents($service, false, $context);
}

$request = json_decode(stream_get_contents(STDIN), true, 32, JSON_THROW_ON_ERROR);
$key = file_get_contents($request['key']);
$certificate = file_get_contents($request['certificate']);

$answers = [];
foreach ($request['jobs'] as $job) {
    if (isset($job['read'])) {
        $value = $job['sent'] ?? null;
        $wire = base64_decode($job['read'], true);
    } else {
        [$message, $value] = write_request($job, $key, $certificate);
        $wire = send($request['service'], $message);
    }
    try {
        $found = read_message($wire, $request['trust'], $request['organisation'], $value);
    } catch (UnexpectedValueException $refusal) {
        $found = ['refused' => $refusal->getMessage()];
    }
    $answers[] = ['wire' => base64_encode($wire), ...$found];
}
echo json_encode($answers, JSON_THROW_ON_ERROR);
