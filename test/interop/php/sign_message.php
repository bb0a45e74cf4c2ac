<?php
// An envelope as its sender signs it, by DOM and OpenSSL alone.

declare(strict_types=1);

// docs:begin sign
/** Signs Timestamp, Body and whatever the Header of an envelope holds; returns it with its SignatureValue. */
function sign_message(string $message, string $key, string $certificate, string $soap = SOAP): array
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
    $identify = function (DOMElement $element) {
        $id = $element->localName . '-' . bin2hex(random_bytes(8));
        $element->setAttributeNS(WSU, 'wsu:Id', $id);
        return $id;
    };
    $envelope = $document->documentElement;
    $body = child($envelope, $soap, 'Body');
    [$header] = children($envelope, $soap, 'Header')
        ?: [$envelope->insertBefore($document->createElementNS($soap, "$envelope->prefix:Header"), $body)];
    $blocks = children($header);
    $security = $append($header, WSSE, 'wsse:Security');
    $security->setAttributeNS($soap, "$envelope->prefix:mustUnderstand", '1');
    $token = $append($security, WSSE, 'wsse:BinarySecurityToken', pem_to_base64($certificate));
    $token->setAttribute('EncodingType', WSS . 'soap-message-security-1.0#Base64Binary');
    $token->setAttribute('ValueType', X509V3);
    $token_id = $identify($token);
    $timestamp = $append($security, WSU, 'wsu:Timestamp');
    $append($timestamp, WSU, 'wsu:Created', gmdate('Y-m-d\TH:i:s\Z'));
    $append($timestamp, WSU, 'wsu:Expires', gmdate('Y-m-d\TH:i:s\Z', time() + 60));

    $signature = $append($security, DS, 'ds:Signature');
    $signed_info = $append($signature, DS, 'ds:SignedInfo');
    $method($signed_info, 'CanonicalizationMethod', EXC_C14N);
    $method($signed_info, 'SignatureMethod', RSA_SHA256);
    foreach ([$timestamp, $body, ...$blocks] as $element) {
        $reference = $append($signed_info, DS, 'ds:Reference');
        $reference->setAttribute('URI', '#' . $identify($element));
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
