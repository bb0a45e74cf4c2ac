# Signs a request with zeep's own client and signer, or with lxml by hand, with one setting wrong, and the same with it right.
#
# Usage: python3 remedies.py KEY CERTIFICATE OTHER-KEY < { service, body, cases: [ { cause, wrong } ] }
#
# Prints the messages, a list in JSON: texts, or { base64, headers } where zeep's client writes both.

import base64
import datetime
import hashlib
import json
import subprocess
import sys

import requests
import xmlsec
import zeep
from lxml import etree
from zeep.wsse import utils
from zeep.wsse.signature import BinarySignature, Signature

KEY, CERTIFICATE, OTHER_KEY = sys.argv[1:]
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
MESSAGES = "http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1"
DS = "http://www.w3.org/2000/09/xmldsig#"
WSDL = "http://schemas.xmlsoap.org/wsdl/"
WSDL_SOAP = "http://schemas.xmlsoap.org/wsdl/soap/"
WSDL_SOAP12 = "http://schemas.xmlsoap.org/wsdl/soap12/"
PORT = "postkasseleverandoer"


def envelope_of(body):
    # A declaration that only the Envelope needs: the inclusive form of the Body holds it, the exclusive does not.
    return etree.fromstring(
        '<soap:Envelope xmlns:soap="%s" xmlns:unused="urn:unused"><soap:Header/><soap:Body>%s</soap:Body></soap:Envelope>'
        % (SOAP, body)
    )


# In a zone that is never that of UTC: a clock on the wall shows another time.
LOCAL = datetime.timezone(datetime.timedelta(hours=2))
TIMES = {
    "local-time-as-utc": lambda instant: instant.astimezone(LOCAL).strftime("%Y-%m-%dT%H:%M:%SZ"),
    "offset-not-utc": lambda instant: instant.astimezone(LOCAL).isoformat(),
    "zone-missing": lambda instant: instant.astimezone(LOCAL).replace(tzinfo=None).isoformat(),
}


def utc(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def add_timestamp(envelope, write=utc):
    security = utils.get_security_header(envelope)
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    timestamp = etree.SubElement(security, "{%s}Timestamp" % WSU)
    for name, instant in (("Created", now), ("Expires", now + datetime.timedelta(seconds=60))):
        etree.SubElement(timestamp, "{%s}%s" % (WSU, name)).text = write(instant)


METHODS = {"signature_method": xmlsec.Transform.RSA_SHA256, "digest_method": xmlsec.Transform.SHA256}


def signed(envelope, key=KEY, write=utc):
    add_timestamp(envelope, write)
    BinarySignature(key, CERTIFICATE, **METHODS).apply(envelope, {})
    return envelope


class Timestamp:
    """A plugin that adds a Timestamp, to stand in a list before a signer."""

    def apply(self, envelope, headers):
        add_timestamp(envelope)
        return envelope, headers


class Sent(Exception):
    """What would have been sent: the test does that."""


class TwoPorts(zeep.Transport):
    """Loads the WSDL as one that has a port of SOAP 1.2 besides, and sends nothing."""

    def post(self, address, message, headers):
        raise Sent(message, headers)

    def load(self, url):
        content = super().load(url)
        if not url.endswith("?wsdl"):
            return content
        tree = etree.fromstring(content)
        for name in ("binding", "port"):
            element = tree.find(".//{%s}%s" % (WSDL, name))
            text = etree.tostring(element, with_tail=False).decode()
            text = text.replace(WSDL_SOAP, WSDL_SOAP12).replace("SOAP11Binding", "SOAP12Binding")
            other = etree.fromstring(text)
            if name == "port":
                other.set("name", element.get("name") + "12")
            element.addnext(other)
        return etree.tostring(tree)


def called(service, wsse, port=PORT, **fields):
    """What zeep's client sends for a call, made from the WSDL: content and headers."""
    session = requests.Session()
    # No proxy from the environment stands between here and localhost.
    session.trust_env = False
    client = zeep.Client(service + "?wsdl", wsse=wsse, transport=TwoPorts(session=session), port_name=port)
    values = {"personidentifikator": "12838410985", "postkasseleverandoerOrgNummer": "984661185"}
    values["postkasseadresse"] = "testesen#1234"
    try:
        client.service.OpprettPostkasse(**{**values, **fields})
    except Sent as sent:
        message, headers = sent.args
    return {"base64": base64.b64encode(message).decode(), "headers": headers}


def c14n(exclusive):
    return lambda node: etree.tostring(node, method="c14n", exclusive=exclusive, with_comments=False)


def digest_by_hand(envelope, canonical=c14n(True), encode=base64.b64encode):
    # The digest of the Body is made anew by hand, and SignedInfo is signed over it.
    body = envelope.find("{%s}Body" % SOAP)
    reference = envelope.find(".//{%s}Reference[@URI='#%s']" % (DS, body.get("{%s}Id" % WSU)))
    reference.find("{%s}DigestValue" % DS).text = encode(hashlib.sha256(canonical(body)).digest()).decode()
    info = envelope.find(".//{%s}SignedInfo" % DS)
    octets = etree.tostring(info, method="c14n", exclusive=True, with_comments=False)
    sign = ["openssl", "dgst", "-sha256", "-sign", KEY]
    signature = subprocess.run(sign, input=octets, stdout=subprocess.PIPE, check=True).stdout
    envelope.find(".//{%s}SignatureValue" % DS).text = base64.b64encode(signature).decode()
    return envelope


def base64url(body, wrong):
    # The Ids are new each time: one day the digest has a sign that base64url writes otherwise.
    while True:
        encode = base64.urlsafe_b64encode if wrong else base64.b64encode
        envelope = digest_by_hand(signed(envelope_of(body)), encode=encode)
        texts = [value.text for value in envelope.iter("{%s}DigestValue" % DS)]
        if not wrong or any(sign in text for text in texts for sign in "-_"):
            return etree.tostring(envelope)


SIGNER = BinarySignature(KEY, CERTIFICATE, **METHODS)
# Lists of plugins, which zeep's client applies in their order: the wrong one, the right one.
SIGNERS = {
    "algorithm-not-allowed": ([Timestamp(), BinarySignature(KEY, CERTIFICATE)], [Timestamp(), SIGNER]),
    "key-reference-not-allowed": ([Timestamp(), Signature(KEY, CERTIFICATE, **METHODS)], [Timestamp(), SIGNER]),
    "not-signed": ([SIGNER, Timestamp()], [Timestamp(), SIGNER]),
    "signature-missing": (None, [Timestamp(), SIGNER]),
    "timestamp-missing": (SIGNER, [Timestamp(), SIGNER]),
    "two-of-one": ([Timestamp(), SIGNER, SIGNER], [Timestamp(), SIGNER]),
}


def message(service, body, cause, wrong):
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
        return etree.tostring(digest_by_hand(signed(envelope_of(body)), c14n(exclusive=not wrong)))
    if cause == "digest-of-raw-text":
        return etree.tostring(digest_by_hand(signed(envelope_of(body)), etree.tostring if wrong else c14n(True)))
    if cause == "digest-in-base64url":
        return base64url(body, wrong)
    if cause in TIMES:
        return etree.tostring(signed(envelope_of(body), write=TIMES[cause] if wrong else utc))
    if cause in SIGNERS:
        wrong_signer, right_signer = SIGNERS[cause]
        return called(service, wrong_signer if wrong else right_signer)
    if cause == "soap-version":
        return called(service, [Timestamp(), SIGNER], port=PORT + "12" if wrong else PORT)
    if cause == "xsi-nil":
        value = zeep.xsd.Nil if wrong else zeep.xsd.SkipValue
        return called(service, [Timestamp(), SIGNER], x509Sertifikat=value)
    raise ValueError(cause)


def one(case, service, body):
    made = message(service, body, case["cause"], case["wrong"])
    return made if isinstance(made, dict) else made.decode("utf-8")


request = json.load(sys.stdin)
print(json.dumps([one(case, request["service"], request["body"]) for case in request["cases"]]))
