<?php
// Signs a request by DOM and OpenSSL as PHP scripts do, with one setting wrong, and the same with it right.
//
// Usage: php remedies.php < { key, certificate, body, service, cases: [ { cause, wrong } ] }
//
// Prints the messages, a list in JSON of texts, or of { base64, headers } where bytes or headers matter.

declare(strict_types=1);

require __DIR__ . '/soap_client.php';

// A server of Norway or Denmark: date() writes its local time.
date_default_timezone_set('Europe/Oslo');

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
const WSSE = WSS . 'wssecurity-secext-1.0.xsd';
const WSU = WSS . 'wssecurity-utility-1.0.xsd';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
/** The causes of what SoapClient writes; all else is DOM. */
const OF_SOAP_CLIENT = ['rpc-wrapper', 'soap-action', 'soap-version', 'xsi-type-unknown'];

final class Message
{
    private readonly DOMDocument $document;
    private readonly string $nonce;
    private readonly ?KeepingClient $client;

    public function __construct(
        private readonly object $request,
        private readonly string $cause,
        private readonly bool $wrong,
    ) {
        $this->nonce = bin2hex(random_bytes(8));
        $this->document = new DOMDocument();
        $this->client = in_array($cause, OF_SOAP_CLIENT, true) ? called($request->service, $cause, $wrong) : null;
        if ($this->client !== null) {
            $this->document->loadXML($this->client->request);
            $this->add($this->document->documentElement, $this->header($this->document->documentElement->namespaceURI));
            $this->document->documentElement->insertBefore($this->find('//soap:Header'), $this->find('//soap:Body'));
            return;
        }
        $this->document->loadXML($this->cause === 'whitespace-removed' ? self::laidOut($this->envelope()) : $this->envelope());
        $this->writeAddress();
    }

    /** Writes the address anew, as scripts do. */
    private function writeAddress(): void
    {
        $element = $this->wrong('element-unqualified')
            ? $this->document->createElement('postkasseadresse')
            : $this->document->createElementNS(MESSAGES, 'm:postkasseadresse');
        $element->textContent = ADDRESS;
        $old = $this->document->getElementsByTagNameNS(MESSAGES, 'postkasseadresse')->item(0);
        $old->parentNode->replaceChild($element, $old);
    }

    private function instant(int $time): string
    {
        return match (true) {
            $this->wrong('local-time-as-utc') => date('Y-m-d\TH:i:s\Z', $time),
            $this->wrong('offset-not-utc') => date('c', $time),
            $this->wrong('zone-missing') => date('Y-m-d\TH:i:s', $time),
            default => gmdate('Y-m-d\TH:i:s\Z', $time),
        };
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

    private function header(string $soap): string
    {
        $pem = $this->request->certificate;
        $token = $this->wrong('pem-in-token') ? $pem : preg_replace('/-----[^-]+-----|\s/', '', $pem);
        [$created, $expires] = [$this->instant(time()), $this->instant(time() + 60)];
        [$wsse, $wsu, $ds, $wss, $nonce] = [WSSE, WSU, DS, WSS, $this->nonce];
        return <<<XML
        <soap:Header xmlns:soap="$soap" xmlns:wsse="$wsse" xmlns:wsu="$wsu"><wsse:Security soap:mustUnderstand="1"><wsse:BinarySecurityToken wsu:Id="X509-$nonce" EncodingType="{$wss}soap-message-security-1.0#Base64Binary" ValueType="{$wss}x509-token-profile-1.0#X509v3">$token</wsse:BinarySecurityToken><wsu:Timestamp wsu:Id="TS-$nonce"><wsu:Created>$created</wsu:Created><wsu:Expires>$expires</wsu:Expires></wsu:Timestamp><ds:Signature xmlns:ds="$ds"><ds:SignedInfo/><ds:SignatureValue/><ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI="#X509-$nonce" ValueType="{$wss}x509-token-profile-1.0#X509v3"/></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature></wsse:Security></soap:Header>
        XML;
    }

    private function envelope(): string
    {
        [$soap, $wsse, $wsu] = [SOAP, WSSE, WSU];
        return <<<XML
        <soap:Envelope xmlns:soap="$soap" xmlns:wsse="$wsse" xmlns:wsu="$wsu">{$this->header(SOAP)}<soap:Body>{$this->request->body}</soap:Body></soap:Envelope>
        XML;
    }

    private function find(string $query): ?DOMNode
    {
        $xpath = new DOMXPath($this->document);
        $soap = $this->document->documentElement->namespaceURI;
        foreach (['soap' => $soap, 'wsu' => WSU, 'ds' => DS] as $prefix => $namespace) {
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
        $octets = $this->wrong('digest-of-raw-text') ? $this->document->saveXML($node) : $node?->C14N($exclusive) ?? '';
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
        if ($this->wrong('element-misplaced')) {
            $this->document->documentElement->appendChild($this->find('//ds:Signature'));
        }
        $setId = fn () => $this->wrong('id-in-wrong-attribute')
            ? $body->setAttribute('id', "Body-{$this->nonce}")
            : $body->setAttributeNS(WSU, 'wsu:Id', "Body-{$this->nonce}");
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
    public function sent(): string|array
    {
        $this->sign();
        $text = $this->document->saveXML($this->document->documentElement);
        if ($this->client !== null) {
            return ['base64' => base64_encode($text), 'headers' => $this->client->headers];
        }
        return match ($this->cause) {
            'charset' => ['base64' => base64_encode($this->inEncoding($this->wrong ? 'ISO-8859-1' : 'UTF-8'))],
            // A template escapes the value once more.
            'entity-undeclared' => str_replace(ADDRESS, $this->wrong ? htmlentities(ADDRESS) : htmlspecialchars(ADDRESS, ENT_XML1), $text),
            'whitespace-added', 'whitespace-removed' => $this->loadedOnceMore($text),
            'xml-not-at-start' => $this->printed($this->document->saveXML()),
            default => $text,
        };
    }

    private function inEncoding(string $encoding): string
    {
        $this->document->encoding = $encoding;
        return $this->document->saveXML();
    }

    /** A step of its own loads the signed message once more, to send it. */
    private function loadedOnceMore(string $text): string
    {
        $sent = new DOMDocument();
        $sent->preserveWhiteSpace = !$this->wrong;
        $sent->formatOutput = $this->wrong('whitespace-added');
        $sent->loadXML($text);
        return $sent->saveXML();
    }

    /** What a script prints that includes another. */
    private function printed(string $text): string
    {
        $included = tempnam(sys_get_temp_dir(), 'included');
        file_put_contents($included, ($this->wrong ? "\n" : '') . '<?php const SETTING' . $this->nonce . ' = 1;');
        ob_start();
        include $included;
        echo $text;
        unlink($included);
        return ob_get_clean();
    }
}

$request = json_decode(stream_get_contents(STDIN));
echo json_encode(
    array_map(fn ($case) => (new Message($request, $case->cause, $case->wrong))->sent(), $request->cases),
    JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE,
);
