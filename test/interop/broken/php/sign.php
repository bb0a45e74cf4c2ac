<?php
// A client that signs by DOM and OpenSSL, with the mistakes that such clients are written with.
//
// Usage: php sign.php KEY CERTIFICATE < jobs
//
// A job is a line: the mistake (`good` for none), a tab, the unsigned envelope in base64. Prints a line of base64 for each.

declare(strict_types=1);

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
const WSSE = WSS . 'wssecurity-secext-1.0.xsd';
const WSU = WSS . 'wssecurity-utility-1.0.xsd';
const X509V3 = WSS . 'x509-token-profile-1.0#X509v3';
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

function append(DOMNode $parent, string $namespace, string $name, string $text = ''): DOMElement
{
    $element = $parent->appendChild($parent->ownerDocument->createElementNS($namespace, $name));
    if ($text !== '') {
        $element->appendChild($parent->ownerDocument->createTextNode($text));
    }
    return $element;
}

function method(DOMNode $parent, string $name, string $algorithm): DOMElement
{
    $element = append($parent, DS, "ds:$name");
    $element->setAttribute('Algorithm', $algorithm);
    return $element;
}

/** What the client hashes for a Reference. */
function hashed(string $mistake, DOMElement $element, DOMElement $other): string
{
    $document = $element->ownerDocument;
    switch ($mistake) {
        case 'digest-inclusive':
        case 'digest-inclusive-sha1':
            return $element->C14N();
        case 'digest-saved':
            return $document->saveXML($element);
        case 'digest-comments':
            return $element->C14N(true, true);
        case 'digest-prefixes':
            return $element->C14N(true, false, null, ['xsd']);
        case 'digest-content':
            return implode('', array_map(fn ($node) => $node->C14N(true), iterator_to_array($element->childNodes)));
        case 'digest-text':
            return $element->textContent;
        case 'digest-nothing':
            // The prefix was never registered: nothing is found, and nothing is hashed.
            $found = (new DOMXPath($document))->query("//*[@Id='nobody']");
            return $found->length > 0 ? $found->item(0)->C14N(true) : '';
        case 'digest-swapped':
            return $other->C14N(true);
        case 'digest-document':
            return $document->C14N(true);
        case 'digest-utf16':
            return iconv('UTF-8', 'UTF-16LE', $element->C14N(true));
        case 'digest-latin1':
            return iconv('UTF-8', 'ISO-8859-1', $element->C14N(true));
        default:
            return $element->C14N(true);
    }
}

/** What the client writes as DigestValue. */
function digested(string $mistake, string $octets): string
{
    return match ($mistake) {
        'digest-hex' => hash('sha256', $octets),
        'digest-hex-base64' => base64_encode(hash('sha256', $octets)),
        'digest-twice' => base64_encode(base64_encode(hash('sha256', $octets, true))),
        'digest-of-digest' => base64_encode(hash('sha256', hash('sha256', $octets, true), true)),
        'digest-of-hex' => base64_encode(hash('sha256', hash('sha256', $octets), true)),
        'digest-sha1', 'digest-inclusive-sha1' => base64_encode(sha1($octets, true)),
        'digest-sha512' => base64_encode(hash('sha512', $octets, true)),
        'digest-md5' => base64_encode(md5($octets, true)),
        'digest-cut' => base64_encode(substr(hash('sha256', $octets, true), 0, 20)),
        'digest-url' => strtr(base64_encode(hash('sha256', $octets, true)), '+/', '-_'),
        'digest-unpadded' => rtrim(base64_encode(hash('sha256', $octets, true)), '='),
        default => base64_encode(hash('sha256', $octets, true)),
    };
}

/** The octets of a signature, as the client makes them. */
function value(string $mistake, DOMElement $info, DOMElement $body, string $key): string
{
    $octets = match ($mistake) {
        'value-inclusive' => $info->C14N(),
        'value-saved' => $info->ownerDocument->saveXML($info),
        'value-body' => $body->C14N(true),
        'value-of-digest' => hash('sha256', $info->C14N(true), true),
        'value-of-hex' => hash('sha256', $info->C14N(true)),
        default => $info->C14N(true),
    };
    if ($mistake === 'value-encrypted') {
        openssl_private_encrypt(hash('sha256', $octets, true), $value, $key);
    } elseif ($mistake === 'value-default') {
        // As it comes openssl_sign signs by SHA-1.
        openssl_sign($octets, $value, $key);
    } else {
        openssl_sign($octets, $value, $key, $mistake === 'value-sha512' ? OPENSSL_ALGO_SHA512 : OPENSSL_ALGO_SHA256);
    }
    return match ($mistake) {
        'value-hex' => bin2hex($value),
        'value-twice' => base64_encode(base64_encode($value)),
        'value-url' => strtr(base64_encode($value), '+/', '-_'),
        'value-cut' => base64_encode(substr($value, 0, 200)),
        'value-reversed' => base64_encode(strrev($value)),
        default => base64_encode($value),
    };
}

function sign(string $mistake, string $message, string $key, string $certificate): string
{
    $document = new DOMDocument();
    $document->preserveWhiteSpace = $mistake !== 'layout-ignored';
    $document->loadXML($message, LIBXML_NONET);
    [$token_id, $time_id, $body_id] = array_map(fn ($name) => $name . '-' . bin2hex(random_bytes(8)), ['X509', 'TS', 'B']);
    $envelope = $document->documentElement;
    $body = $document->getElementsByTagNameNS(SOAP, 'Body')->item(0);
    $late = $mistake === 'id-late';
    if (!$late) {
        $body->setAttributeNS(WSU, 'wsu:Id', $body_id);
    }
    $header = $document->getElementsByTagNameNS(SOAP, 'Header')->item(0);
    $security = $document->createElementNS(WSSE, 'wsse:Security');
    $token = append($security, WSSE, 'wsse:BinarySecurityToken', preg_replace('/-----[^-]+-----|\s/', '', $certificate));
    $token->setAttribute('EncodingType', WSS . 'soap-message-security-1.0#Base64Binary');
    $token->setAttribute('ValueType', X509V3);
    $token->setAttributeNS(WSU, 'wsu:Id', $token_id);
    $timestamp = append($security, WSU, 'wsu:Timestamp');
    $timestamp->setAttributeNS(WSU, 'wsu:Id', $time_id);
    append($timestamp, WSU, 'wsu:Created', gmdate('Y-m-d\TH:i:s\Z'));
    append($timestamp, WSU, 'wsu:Expires', gmdate('Y-m-d\TH:i:s\Z', time() + 60));
    $header->appendChild($security);
    $security->setAttributeNS(SOAP, $envelope->prefix . ':mustUnderstand', '1');

    $digests = [];
    foreach ([[$timestamp, $body], [$body, $timestamp]] as [$element, $other]) {
        // Only the Body is treated in a mistaken way, but where parts are exchanged.
        $way = $element === $body || $mistake === 'digest-swapped' ? $mistake : 'good';
        $digests[] = digested($way, hashed($way, $element, $other));
    }
    if ($late) {
        $body->setAttributeNS(WSU, 'wsu:Id', $body_id);
    }
    $signature = append($security, DS, 'ds:Signature');
    $info = append($signature, DS, 'ds:SignedInfo');
    method($info, 'CanonicalizationMethod', EXC_C14N);
    method($info, 'SignatureMethod', RSA_SHA256);
    foreach ([$time_id, $body_id] as $place => $id) {
        $of_body = $id === $body_id;
        $reference = append($info, DS, 'ds:Reference');
        $reference->setAttribute('URI', "#$id");
        if (!$of_body || $mistake !== 'no-transforms') {
            $algorithm = $of_body && $mistake === 'labelled-inclusive' ? C14N : EXC_C14N;
            $transform = method(append($reference, DS, 'ds:Transforms'), 'Transform', $algorithm);
            if ($of_body && $mistake === 'prefixes-written') {
                append($transform, EXC_C14N, 'ec:InclusiveNamespaces')->setAttribute('PrefixList', 'xsd');
            }
        }
        method($reference, 'DigestMethod', SHA256);
        append($reference, DS, 'ds:DigestValue', $digests[$place]);
    }
    $value = append($signature, DS, 'ds:SignatureValue', value($mistake, $info, $body, $key));
    $pointer = append(append($signature, DS, 'ds:KeyInfo'), WSSE, 'wsse:SecurityTokenReference');
    $pointer = append($pointer, WSSE, 'wsse:Reference');
    $pointer->setAttribute('URI', "#$token_id");
    $pointer->setAttribute('ValueType', X509V3);
    return told($mistake, $document, $info, $value);
}

/** The message as the client sends it. */
function told(string $mistake, DOMDocument $document, DOMElement $info, DOMElement $value): string
{
    switch ($mistake) {
        case 'formatted':
            // formatOutput does its work on a tree without layout only.
            $document->formatOutput = true;
            return $document->saveXML();
        case 'info-id':
            $info->setAttribute('Id', 'SI');
            return $document->saveXML();
        default:
            return $document->saveXML();
    }
}

[, $key, $certificate] = $argv;
$key = file_get_contents($key);
$certificate = file_get_contents($certificate);
while (($line = fgets(STDIN)) !== false) {
    [$mistake, $message] = explode("\t", rtrim($line, "\n"));
    echo base64_encode(sign($mistake, base64_decode($message, true), $key, $certificate)), "\n";
}
