# A client that signs by zeep, and with the mistakes of those that sign by lxml and cryptography themselves.
#
# Usage: sign.py KEY CERTIFICATE < jobs
#
# A job is a line: the mistake (`good` for none), a tab, the unsigned envelope in base64. Prints a line of base64 for each.

import base64
import datetime
import hashlib
import sys

import xmlsec
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from lxml import etree
from zeep import ns
from zeep.wsse import signature, utils

NAMES = {"soap": ns.SOAP_ENV_11, "wsse": ns.WSSE, "wsu": ns.WSU, "ds": ns.DS}
WSU_ID = "{%s}Id" % ns.WSU


def by_zeep(provider, message):
    envelope = etree.fromstring(message)
    created = datetime.datetime.utcnow()
    expires = created + datetime.timedelta(seconds=60)
    timestamp = utils.WSU.Timestamp(
        utils.WSU.Created(utils.get_timestamp(created, zulu_timestamp=True)),
        utils.WSU.Expires(utils.get_timestamp(expires, zulu_timestamp=True)),
    )
    utils.get_security_header(envelope).append(timestamp)
    envelope, _ = provider.apply(envelope, {})
    return envelope


def canonical(node):
    return etree.tostring(node, method="c14n", exclusive=True, with_comments=False)


def hashed(mistake, body):
    if mistake == "digest-tostring":
        return etree.tostring(body, with_tail=False)
    if mistake == "digest-c14n":
        return etree.tostring(body, method="c14n", with_comments=False)
    if mistake == "digest-comments":
        # As it comes lxml writes comments.
        return etree.tostring(body, method="c14n", exclusive=True)
    if mistake == "digest-c14n-comments":
        return etree.tostring(body, method="c14n")
    if mistake == "digest-content":
        return b"".join(canonical(child) for child in body)
    if mistake == "digest-text":
        return "".join(body.itertext()).encode()
    if mistake == "digest-utf16":
        return canonical(body).decode().encode("utf-16")
    if mistake == "digest-bom":
        return canonical(body).decode().encode("utf-8-sig")
    if mistake == "id-late":
        copy = etree.fromstring(etree.tostring(body.getroottree())).find("soap:Body", NAMES)
        del copy.attrib[WSU_ID]
        return canonical(copy)
    return canonical(body)


def digested(mistake, octets):
    digest = hashlib.sha256(octets)
    if mistake == "digest-hex":
        return digest.hexdigest()
    if mistake == "digest-hex-base64":
        return base64.b64encode(digest.hexdigest().encode()).decode()
    if mistake == "digest-sha1":
        return base64.b64encode(hashlib.sha1(octets).digest()).decode()
    if mistake == "digest-sha3-named-sha256":
        return base64.b64encode(hashlib.sha3_256(octets).digest()).decode()
    if mistake == "digest-url":
        return base64.urlsafe_b64encode(digest.digest()).decode()
    if mistake == "digest-of-hex":
        return base64.b64encode(hashlib.sha256(digest.hexdigest().encode()).digest()).decode()
    return base64.b64encode(digest.digest()).decode()


def valued(mistake, info, key):
    octets = canonical(info)
    scheme, algorithm = padding.PKCS1v15(), hashes.SHA256()
    if mistake == "value-pss":
        scheme = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.MAX_LENGTH)
    if mistake == "value-sha1":
        algorithm = hashes.SHA1()
    if mistake == "value-tostring":
        octets = etree.tostring(info, with_tail=False)
    if mistake == "value-c14n":
        octets = etree.tostring(info, method="c14n", with_comments=False)
    if mistake == "value-of-digest":
        octets = hashlib.sha256(octets).digest()
    if mistake == "value-digests":
        octets = "".join(value.text for value in info.iterfind("ds:Reference/ds:DigestValue", NAMES)).encode()
    value = key.sign(octets, scheme, algorithm)
    if mistake == "value-hex":
        return value.hex()
    if mistake == "value-twice":
        return base64.b64encode(base64.b64encode(value)).decode()
    return base64.b64encode(value).decode()


def by_hand(mistake, envelope, key):
    """Puts own values in the place of zeep's."""
    body = envelope.find("soap:Body", NAMES)
    info = envelope.find("soap:Header/wsse:Security/ds:Signature/ds:SignedInfo", NAMES)
    for reference in info.iterfind("ds:Reference", NAMES):
        if mistake == "digest-sha3-named-sha256":
            # This one is of the whole client, not of the Body alone.
            part = body if reference.get("URI") == "#" + body.get(WSU_ID) else envelope.find(".//wsu:Timestamp", NAMES)
            reference.find("ds:DigestValue", NAMES).text = digested(mistake, canonical(part))
        elif reference.get("URI") == "#" + body.get(WSU_ID):
            reference.find("ds:DigestValue", NAMES).text = digested(mistake, hashed(mistake, body))
    info.getparent().find("ds:SignatureValue", NAMES).text = valued(mistake, info, key)
    return envelope


def main():
    key_file, certificate_file = sys.argv[1:]
    methods = {"signature_method": xmlsec.Transform.RSA_SHA256, "digest_method": xmlsec.Transform.SHA256}
    provider = signature.BinarySignature(key_file, certificate_file, **methods)
    with open(key_file, "rb") as file:
        key = serialization.load_pem_private_key(file.read(), None)
    for line in sys.stdin:
        mistake, message = line.rstrip("\n").split("\t")
        envelope = by_zeep(provider, base64.b64decode(message))
        pretty = mistake == "pretty"
        if not pretty and mistake != "good":
            by_hand(mistake, envelope, key)
        written = etree.tostring(envelope, encoding="utf-8", xml_declaration=True, pretty_print=pretty)
        print(base64.b64encode(written).decode())


main()
