<?php
// A signed message as its receiver must read it: what is signed, by whom, and whether that is enough to believe it.

declare(strict_types=1);

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
const WSSE = WSS . 'wssecurity-secext-1.0.xsd';
const WSU = WSS . 'wssecurity-utility-1.0.xsd';
const WSSE11 = 'http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd';
const X509V3 = WSS . 'x509-token-profile-1.0#X509v3';
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const RSA_SHA1 = DS . 'rsa-sha1';
const SHA1 = DS . 'sha1';
/** As OpenSSL calls them. */
const HASHES = [RSA_SHA256 => 'sha256', SHA256 => 'sha256', RSA_SHA1 => 'sha1', SHA1 => 'sha1'];

/** Seconds that the clocks of the two sides may differ. */
const SKEW = 60;

function pem_to_base64(string $pem): string
{
    return preg_replace('/-----[^-]+-----|\s/', '', $pem);
}

function must(bool $holds, string $otherwise): void
{
    if (!$holds) {
        throw new UnexpectedValueException($otherwise);
    }
}

/** By what a service signs: the namespace of its envelopes, and the algorithms of signature and digests. */
final class Terms
{
    public function __construct(
        public readonly string $soap = SOAP,
        public readonly string $signature = RSA_SHA256,
        public readonly string $digest = SHA256,
    ) {
    }
}

/** The only child of that name. */
function child(DOMElement $parent, string $namespace, string $name): DOMElement
{
    $found = children($parent, $namespace, $name);
    must(count($found) === 1, count($found) . " elements $name");
    return $found[0];
}

function children(DOMElement $parent, ?string $namespace = null, ?string $name = null): array
{
    $elements = array_filter(iterator_to_array($parent->childNodes), fn ($node) => $node instanceof DOMElement
        && ($namespace === null || $node->namespaceURI === $namespace)
        && ($name === null || $node->localName === $name));
    return array_values($elements);
}

/** Canonical octets of an element by the one method that is believed here, with its PrefixList. */
function canonical(DOMElement $element, DOMElement $method): string
{
    must($method->getAttribute('Algorithm') === EXC_C14N, 'not exclusive C14N');
    $prefixes = [];
    foreach (children($method, EXC_C14N, 'InclusiveNamespaces') as $inclusive) {
        $prefixes = preg_split('/\s+/', $inclusive->getAttribute('PrefixList'), -1, PREG_SPLIT_NO_EMPTY);
    }
    return $element->C14N(true, false, null, $prefixes ?: null);
}

/** The one element that a Reference points to, its digest found right. */
function referenced(DOMXPath $xpath, DOMElement $reference, Terms $terms): DOMElement
{
    $id = substr($reference->getAttribute('URI'), 1);
    must(preg_match('/^[\w.-]+$/', $id) === 1, "a reference to \"$id\"");
    $targets = $xpath->query("//*[@wsu:Id='$id' or @Id='$id' or @ID='$id' or @xml:id='$id']");
    must($targets->length === 1, "{$targets->length} elements with the Id $id");
    [$transform, $more] = [...children(child($reference, DS, 'Transforms')), null];
    must($transform !== null && $more === null, 'not one transform');
    must(child($reference, DS, 'DigestMethod')->getAttribute('Algorithm') === $terms->digest, 'another digest method');
    $digest = base64_decode(child($reference, DS, 'DigestValue')->textContent, true);
    $found = hash(HASHES[$terms->digest], canonical($targets[0], $transform), true);
    must($digest !== false && hash_equals($digest, $found), "the digest of {$targets[0]->localName}");
    return $targets[0];
}

/**
 * The certificate that signed, as PEM: trusted, and of the organisation that must have signed.
 *
 * @param ?string $known the certificate to believe where an answer names one and carries none
 */
function signer(DOMElement $security, DOMElement $signature, string $trust, string $organisation, ?string $known): string
{
    if ($known !== null && children($security, WSSE, 'BinarySecurityToken') === []) {
        return $known;
    }
    $token = child($security, WSSE, 'BinarySecurityToken');
    $reference = child(child($signature, DS, 'KeyInfo'), WSSE, 'SecurityTokenReference');
    $target = child($reference, WSSE, 'Reference')->getAttribute('URI');
    must($target === '#' . $token->getAttributeNS(WSU, 'Id'), 'a key that is not the token’s');
    $base64 = chunk_split(trim($token->textContent), 64, "\n");
    $pem = "-----BEGIN CERTIFICATE-----\n$base64-----END CERTIFICATE-----\n";
    must(openssl_x509_checkpurpose($pem, X509_PURPOSE_ANY, [$trust]) === true, 'no chain to a trust anchor');
    must(openssl_x509_parse($pem)['subject']['serialNumber'] === $organisation, 'another organisation’s certificate');
    return $pem;
}

/** The elements that the Signature covers, once it is found right. */
function signed_elements(DOMXPath $xpath, DOMElement $signature, string $pem, Terms $terms): array
{
    $info = child($signature, DS, 'SignedInfo');
    must(child($info, DS, 'SignatureMethod')->getAttribute('Algorithm') === $terms->signature, 'another signature method');
    $octets = canonical($info, child($info, DS, 'CanonicalizationMethod'));
    $value = base64_decode(child($signature, DS, 'SignatureValue')->textContent, true);
    $holds = $value !== false && openssl_verify($octets, $value, $pem, HASHES[$terms->signature]) === 1;
    must($holds, 'the signature value');
    return array_map(fn ($reference) => referenced($xpath, $reference, $terms), children($info, DS, 'Reference'));
}

function check_time(DOMElement $timestamp): void
{
    $created = strtotime(child($timestamp, WSU, 'Created')->textContent);
    $expires = strtotime(child($timestamp, WSU, 'Expires')->textContent);
    must($created !== false && $created <= time() + SKEW, 'from the future');
    must($expires !== false && $expires > time() - SKEW, 'expired');
}

/**
 * Reads an answer: element, fields and the names of the signed elements.
 *
 * @param ?string $sent SignatureValue of the request; an answer that confirms one must confirm this one
 * @param ?string $known the server’s certificate, PEM, for answers that only name it
 * @throws UnexpectedValueException where the answer cannot be believed
 */
function read_message(
    string $bytes,
    string $trust,
    string $organisation,
    ?string $sent,
    Terms $terms = new Terms(),
    ?string $known = null,
): array {
    libxml_use_internal_errors(true);
    $document = new DOMDocument();
    must($document->loadXML($bytes, LIBXML_NONET) && $document->doctype === null, 'not a SOAP message');
    $xpath = new DOMXPath($document);
    $xpath->registerNamespace('wsu', WSU);
    $envelope = $document->documentElement;
    $body = child($envelope, $terms->soap, 'Body');
    [$payload] = children($body);
    $fields = [];
    foreach (children($payload) as $field) {
        $fields[$field->localName] = $field->textContent;
    }
    $found = ['element' => $payload->localName, 'fields' => $fields];
    // SOAP's own Fault, which SoapClient throws; anything else of that name would be an answer nobody has signed.
    if ($payload->localName === 'Fault' && $payload->namespaceURI === $terms->soap) {
        return $found;
    }

    $security = child(child($envelope, $terms->soap, 'Header'), WSSE, 'Security');
    $signature = child($security, DS, 'Signature');
    $pem = signer($security, $signature, $trust, $organisation, $known);
    $signed = signed_elements($xpath, $signature, $pem, $terms);
    $timestamp = child($security, WSU, 'Timestamp');
    check_time($timestamp);
    $confirmations = children($security, WSSE11, 'SignatureConfirmation');
    foreach ([$timestamp, $body, ...$confirmations] as $element) {
        $covered = array_filter($signed, fn ($one) => $one->isSameNode($element));
        must(count($covered) === 1, "{$element->localName} is not signed");
    }
    foreach ($confirmations as $confirmation) {
        must($sent === null || $confirmation->getAttribute('Value') === $sent, 'another request is confirmed');
    }
    return [...$found, 'signed' => array_map(fn ($element) => $element->localName, $signed)];
}
