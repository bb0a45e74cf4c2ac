# An encrypted answer for Python stacks that cannot decrypt: opened by the key of the request's certificate, with xmlsec alone.

# docs:begin decrypt
import xmlsec

DS = "http://www.w3.org/2000/09/xmldsig#"
XENC = "http://www.w3.org/2001/04/xmlenc#"


class NotDecrypted(Exception):
    """The answer is not encrypted, or to another certificate."""


def decrypt(envelope, key_pem):
    """Puts the content of the Body in the place of its EncryptedData."""
    data = envelope.find(".//{%s}EncryptedData" % XENC)
    wrapped = envelope.find(".//{%s}EncryptedKey" % XENC)
    if data is None or wrapped is None:
        raise NotDecrypted("the answer is not encrypted")
    # libxmlsec1 knows no SecurityTokenReference: the wrapped key is put where it looks for one.
    wrapped.getparent().remove(wrapped)
    wrapped.remove(wrapped.find("{%s}KeyInfo" % DS))
    info = data.find("{%s}KeyInfo" % DS)
    info[:] = [wrapped]
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_memory(key_pem, xmlsec.KeyFormat.PEM))
    try:
        xmlsec.EncryptionContext(manager).decrypt(data)
    except xmlsec.Error:
        raise NotDecrypted("the key does not open the answer") from None
# docs:end decrypt
