<?php
// What stands behind a signer and writes messages anew, in PHP.
//
// Usage: php rewrite.php < jobs
//
// A job is a line: the way, a tab, the message in base64. Prints a line of base64 for each.

declare(strict_types=1);

function loaded(string $message, bool $preserve = true): DOMDocument
{
    $document = new DOMDocument();
    $document->preserveWhiteSpace = $preserve;
    $document->loadXML($message, LIBXML_NONET);
    return $document;
}

function formatted(string $message): string
{
    $document = loaded($message, false);
    $document->formatOutput = true;
    return $document->saveXML();
}

function rewritten(string $way, string $message): string
{
    switch ($way) {
        case 'dom':
            return loaded($message)->saveXML();
        case 'simplexml':
            return simplexml_load_string($message)->asXML();
        case 'formatted':
            return formatted($message);
        case 'without-layout':
            return loaded($message, false)->saveXML();
        case 'utf8-encoded':
            return iconv('ISO-8859-1', 'UTF-8', $message);
        case 'formatted-utf8-encoded':
            return iconv('ISO-8859-1', 'UTF-8', formatted($message));
        case 'latin1':
            $document = loaded($message);
            $document->encoding = 'ISO-8859-1';
            return $document->saveXML();
        case 'trimmed':
            $document = loaded($message);
            foreach ((new DOMXPath($document))->query('//text()') as $text) {
                $text->nodeValue = trim($text->nodeValue);
            }
            return $document->saveXML();
        case 'escaped':
            $document = loaded($message);
            foreach ((new DOMXPath($document))->query('//text()') as $text) {
                $text->nodeValue = htmlspecialchars($text->nodeValue);
            }
            return $document->saveXML();
        case 'tracing':
            $document = loaded($message);
            $body = $document->getElementsByTagName('personidentifikator')->item(0)
                ?? $document->getElementsByTagNameNS('*', 'personidentifikator')->item(0);
            $body->setAttribute('trace', bin2hex(random_bytes(4)));
            return $document->saveXML();
        default:
            throw new InvalidArgumentException($way);
    }
}

while (($line = fgets(STDIN)) !== false) {
    [$way, $message] = explode("\t", rtrim($line, "\n"));
    echo base64_encode(rewritten($way, base64_decode($message, true))), "\n";
}
