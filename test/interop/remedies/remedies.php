<?php
// Signs a request by DOM and OpenSSL as PHP scripts do, with one setting wrong, and the same with it right.
//
// Usage: php remedies.php < { key, certificate, body, cases: [ { cause, wrong } ] }
//
// Prints the messages, a list of texts in JSON.

declare(strict_types=1);

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
const WSSE = WSS . 'wssecurity-secext-1.0.xsd';
const WSU = WSS . 'wssecurity-utility-1.0.xsd';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';

final class Message
{
    private readonly DOMDocument $document;
    private readonly string $nonce;

    public function __construct(
        private readonly object $request,
        private readonly string $cause,
        private readonly bool $wrong,
    ) {
        $this->nonce = bin2hex(random_bytes(8));
        $this->document = new DOMDocument();
        $this->document->loadXML($this->cause === 'whitespace-removed' ? self::laidOut($this->envelope()) : $this->envelope());
    }

    private static function laidOut(string $text): string
    {
        $document = new DOMDocument();
        $document->formatOutput = true;
        $document->loadXML($text);
        return $document->saveXML();
    }

    /** Whether the setting of a cause is wrong in this message. */
    private function wrong(string $cause): bool
    {
        return $this->wrong && $this->cause === $cause;
    }

    private function envelope(): string
    {
        $token = preg_replace('/-----[^-]+-----|\s/', '', $this->request->certificate);
        $created = gmdate('Y-m-d\TH:i:s\Z');
        $expires = gmdate('Y-m-d\TH:i:s\Z', time() + 60);
        [$soap, $wsse, $wsu, $ds, $wss, $nonce] = [SOAP, WSSE, WSU, DS, WSS, $this->nonce];
        $body = $this->request->body;
        return <<<XML
        <soap:Envelope xmlns:soap="$soap" xmlns:wsse="$wsse" xmlns:wsu="$wsu"><soap:Header><wsse:Security soap:mustUnderstand="1"><wsse:BinarySecurityToken wsu:Id="X509-$nonce" EncodingType="{$wss}soap-message-security-1.0#Base64Binary" ValueType="{$wss}x509-token-profile-1.0#X509v3">$token</wsse:BinarySecurityToken><wsu:Timestamp wsu:Id="TS-$nonce"><wsu:Created>$created</wsu:Created><wsu:Expires>$expires</wsu:Expires></wsu:Timestamp><ds:Signature xmlns:ds="$ds"><ds:SignedInfo/><ds:SignatureValue/><ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI="#X509-$nonce" ValueType="{$wss}x509-token-profile-1.0#X509v3"/></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature></wsse:Security></soap:Header><soap:Body>$body</soap:Body></soap:Envelope>
        XML;
    }

    private function find(string $query): ?DOMNode
    {
        $xpath = new DOMXPath($this->document);
        foreach (['soap' => SOAP, 'wsu' => WSU, 'ds' => DS] as $prefix => $namespace) {
            $xpath->registerNamespace($prefix, $namespace);
        }
        return $xpath->query($query)->item(0);
    }

    private function octets(string $part): string
    {
        // A name without a prefix is in no namespace.
        $node = $this->find($this->wrong('digest-of-nothing') ? str_replace('soap:', '', $part) : $part);
        $labelled = $this->cause === 'exclusive-labelled-inclusive';
        // Each Reference says one form; the setting that is wrong takes the other.
        $exclusive = $labelled ? $this->wrong : !$this->wrong('inclusive-labelled-exclusive');
        $octets = $node?->C14N($exclusive) ?? '';
        return $this->wrong('digest-of-other-encoding') ? @utf8_decode($octets) : $octets;
    }

    private function reference(string $id, string $part): string
    {
        $form = $this->cause === 'exclusive-labelled-inclusive' ? C14N : EXC_C14N;
        $binary = !$this->wrong('digest-in-hex');
        $digest = hash('sha256', $this->octets($part), $binary);
        $value = $binary ? base64_encode($digest) : $digest;
        return "<ds:Reference xmlns:ds=\"" . DS . "\" URI=\"#$id-{$this->nonce}\"><ds:Transforms><ds:Transform Algorithm=\"$form\"/></ds:Transforms><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>$value</ds:DigestValue></ds:Reference>";
    }

    private function add(DOMNode $parent, string $xml): void
    {
        $fragment = $this->document->createDocumentFragment();
        $fragment->appendXML($xml);
        $parent->appendChild($fragment);
    }

    private function sign(): void
    {
        $body = $this->find('//soap:Body');
        $setId = fn () => $body->setAttributeNS(WSU, 'wsu:Id', "Body-{$this->nonce}");
        if (!$this->wrong('id-set-after-digest')) {
            $setId();
        }
        $info = $this->find('//ds:SignedInfo');
        $this->add($info, '<ds:CanonicalizationMethod xmlns:ds="' . DS . '" Algorithm="' . EXC_C14N . '"/><ds:SignatureMethod xmlns:ds="' . DS . '" Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>');
        $this->add($info, $this->reference('TS', '//wsu:Timestamp'));
        $this->add($info, $this->reference('Body', '//soap:Body'));
        $setId();
        $signed = $info->C14N(true);
        if ($this->wrong('signature-without-digest-info')) {
            openssl_private_encrypt(hash('sha256', $signed, true), $value, $this->request->key);
        } else {
            openssl_sign($signed, $value, $this->request->key, OPENSSL_ALGO_SHA256);
        }
        $this->find('//ds:SignatureValue')->textContent = base64_encode($value);
    }

    /** As it goes out. */
    public function text(): string
    {
        $this->sign();
        $text = $this->document->saveXML($this->document->documentElement);
        if (!in_array($this->cause, ['whitespace-added', 'whitespace-removed'], true)) {
            return $text;
        }
        // A step of its own loads the signed message once more, to send it.
        $sent = new DOMDocument();
        $sent->preserveWhiteSpace = !$this->wrong;
        $sent->formatOutput = $this->wrong('whitespace-added');
        $sent->loadXML($text);
        return $sent->saveXML();
    }
}

$request = json_decode(stream_get_contents(STDIN));
echo json_encode(
    array_map(fn ($case) => (new Message($request, $case->cause, $case->wrong))->text(), $request->cases),
    JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE,
);
