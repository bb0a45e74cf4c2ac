<?php
// An answer as it was before it was encrypted: the key of the request's certificate opens it, by DOM and OpenSSL alone.

declare(strict_types=1);

// docs:begin decrypt
const XENC = 'http://www.w3.org/2001/04/xmlenc#';
/** How the content key is wrapped. */
const TRANSPORTS = [XENC . 'rsa-oaep-mgf1p' => OPENSSL_PKCS1_OAEP_PADDING, XENC . 'rsa-1_5' => OPENSSL_PKCS1_PADDING];
/** How the content is encrypted: OpenSSL's name and the octets of the initialization vector in front of it. */
const CIPHERS = [XENC . 'aes128-cbc' => ['aes-128-cbc', 16], XENC . 'aes256-cbc' => ['aes-256-cbc', 16]];

function algorithm(DOMElement $encrypted): string
{
    return child($encrypted, XENC, 'EncryptionMethod')->getAttribute('Algorithm');
}

function cipher_value(DOMElement $encrypted): string
{
    $octets = base64_decode(child(child($encrypted, XENC, 'CipherData'), XENC, 'CipherValue')->textContent, true);
    must($octets !== false, 'a CipherValue that is not base64');
    return $octets;
}

/** What an EncryptedData holds: text of XML. */
function decrypted(DOMElement $data, DOMElement $wrapped, string $key): string
{
    $padding = TRANSPORTS[algorithm($wrapped)] ?? null;
    [$cipher, $length] = CIPHERS[algorithm($data)] ?? [null, 0];
    must($padding !== null && $cipher !== null, 'another encryption');
    must(openssl_private_decrypt(cipher_value($wrapped), $secret, $key, $padding), 'encrypted to another certificate');
    $octets = cipher_value($data);
    $plain = openssl_decrypt(
        substr($octets, $length),
        $cipher,
        $secret,
        OPENSSL_RAW_DATA | OPENSSL_ZERO_PADDING,
        substr($octets, 0, $length),
    );
    must($plain !== false && $plain !== '', 'the cipher text');
    // XML Encryption pads with any octets; only the last one counts: how many they are.
    $padded = ord($plain[-1]);
    must($padded >= 1 && $padded <= 16, 'the padding');
    return substr($plain, 0, -$padded);
}

/**
 * Puts the content of the Body in the place of its EncryptedData. Faults of this service are not encrypted: they stay.
 *
 * @throws UnexpectedValueException where the key does not open the answer
 */
function decrypt_message(string $bytes, string $key, string $soap): string
{
    libxml_use_internal_errors(true);
    $document = new DOMDocument();
    must($document->loadXML($bytes, LIBXML_NONET) && $document->doctype === null, 'not a SOAP message');
    $envelope = $document->documentElement;
    $body = child($envelope, $soap, 'Body');
    if (children($body, $soap, 'Fault') !== []) {
        return $bytes;
    }
    $security = child(child($envelope, $soap, 'Header'), WSSE, 'Security');
    $data = child($body, XENC, 'EncryptedData');
    $content = decrypted($data, child($security, XENC, 'EncryptedKey'), $key);
    // As text: a fragment of its own would not know the namespaces of the envelope.
    $mark = $document->createComment(bin2hex(random_bytes(16)));
    $body->replaceChild($mark, $data);
    return str_replace($document->saveXML($mark), $content, $document->saveXML());
}
// docs:end decrypt
