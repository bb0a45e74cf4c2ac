# Signs a request with zeep's own signer, or with lxml by hand, with one setting wrong, and the same with it right.
#
# Usage: python3 remedies.py KEY CERTIFICATE OTHER-KEY < { body, cases: [ { cause, wrong } ] }
#
# Prints the messages, a list of texts in JSON.

import base64
import datetime
import hashlib
import json
import subprocess
import sys

import xmlsec
from lxml import etree
from zeep.wsse import utils
from zeep.wsse.signature import BinarySignature

KEY, CERTIFICATE, OTHER_KEY = sys.argv[1:]
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
MESSAGES = "http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1"
DS = "http://www.w3.org/2000/09/xmldsig#"
EXC_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"


def envelope_of(body):
    # A declaration that only the Envelope needs: the inclusive form of the Body holds it, the exclusive does not.
    return etree.fromstring(
        '<soap:Envelope xmlns:soap="%s" xmlns:unused="urn:unused"><soap:Header/><soap:Body>%s</soap:Body></soap:Envelope>'
        % (SOAP, body)
    )


def add_timestamp(envelope):
    security = utils.get_security_header(envelope)
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    timestamp = etree.SubElement(security, "{%s}Timestamp" % WSU)
    for name, instant in (("Created", now), ("Expires", now + datetime.timedelta(seconds=60))):
        etree.SubElement(timestamp, "{%s}%s" % (WSU, name)).text = instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def signed(envelope, key=KEY):
    add_timestamp(envelope)
    BinarySignature(
        key,
        CERTIFICATE,
        signature_method=xmlsec.constants.TransformRsaSha256,
        digest_method=xmlsec.constants.TransformSha256,
    ).apply(envelope, {})
    return envelope


def digest_by_hand(envelope, exclusive):
    # The digest of the Body is made anew by hand, and SignedInfo is signed over it.
    body = envelope.find("{%s}Body" % SOAP)
    reference = envelope.find(".//{%s}Reference[@URI='#%s']" % (DS, body.get("{%s}Id" % WSU)))
    octets = etree.tostring(body, method="c14n", exclusive=exclusive, with_comments=False)
    value = base64.b64encode(hashlib.sha256(octets).digest()).decode()
    reference.find("{%s}DigestValue" % DS).text = value
    info = envelope.find(".//{%s}SignedInfo" % DS)
    octets = etree.tostring(info, method="c14n", exclusive=True, with_comments=False)
    sign = ["openssl", "dgst", "-sha256", "-sign", KEY]
    signature = subprocess.run(sign, input=octets, stdout=subprocess.PIPE, check=True).stdout
    envelope.find(".//{%s}SignatureValue" % DS).text = base64.b64encode(signature).decode()
    return envelope


def message(body, cause, wrong):
    if cause == "whitespace-added":
        return etree.tostring(signed(envelope_of(body)), pretty_print=wrong)
    if cause == "whitespace-removed":
        plain = etree.XMLParser(remove_blank_text=True)
        envelope = envelope_of(body)
        etree.indent(envelope, "  ")
        if not wrong:
            return etree.tostring(signed(etree.fromstring(etree.tostring(envelope), plain)))
        return etree.tostring(etree.fromstring(etree.tostring(signed(envelope)), plain))
    if cause == "prefix-changed":
        envelope = signed(envelope_of(body))
        if wrong:
            etree.cleanup_namespaces(envelope, top_nsmap={"post": MESSAGES})
        return etree.tostring(envelope)
    if cause == "wrong-key":
        return etree.tostring(signed(envelope_of(body), OTHER_KEY if wrong else KEY))
    if cause == "inclusive-labelled-exclusive":
        return etree.tostring(digest_by_hand(signed(envelope_of(body)), exclusive=not wrong))
    raise ValueError(cause)


def one(case, body):
    return message(body, case["cause"], case["wrong"]).decode("utf-8")


request = json.load(sys.stdin)
print(json.dumps([one(case, request["body"]) for case in request["cases"]]))
