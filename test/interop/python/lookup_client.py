# An agency as zeep plays it: loads the served WSDL, signs every request, decrypts and verifies every answer.
#
# Usage: lookup_client.py WSDL-URL KEY CERTIFICATE SERVER-CERTIFICATE < calls
#
# Reads a JSON list of {"operation": ..., "fields": {...}}, calls them in order and prints a JSON list of what zeep made of
# the answers, or {"failed": exception}.

import base64
import datetime
import json
import sys

# docs:begin imports
import requests
import xmlsec
import zeep
from lxml import etree
from zeep import ns
from zeep.exceptions import SignatureVerificationFailed
from zeep.helpers import serialize_object
from zeep.wsse import signature, utils

from encrypted_message import NotDecrypted, decrypt
# docs:end imports

# docs:begin security
class SignedByAgency(signature.BinarySignature):
    """zeep's own signing with a Timestamp before it; answers are decrypted, then verified with the server's certificate."""

    def __init__(self, key, certificate, server):
        super().__init__(
            key,
            certificate,
            signature_method=xmlsec.Transform.RSA_SHA256,
            digest_method=xmlsec.Transform.SHA256,
        )
        with open(key, "rb") as file:
            self.own = file.read()
        with open(server, "rb") as file:
            self.server = file.read()

    def apply(self, envelope, headers):
        created = datetime.datetime.utcnow()
        timestamp = utils.WSU.Timestamp(
            utils.WSU.Created(utils.get_timestamp(created, zulu_timestamp=True)),
            utils.WSU.Expires(
                utils.get_timestamp(created + datetime.timedelta(seconds=60), zulu_timestamp=True)
            ),
        )
        utils.get_security_header(envelope).append(timestamp)
        return super().apply(envelope, headers)

    def verify(self, envelope):
        soap = etree.QName(envelope).namespace
        names = {"soap": soap, "wsse": ns.WSSE, "wsu": ns.WSU, "ds": ns.DS}
        # Faults of this service are neither signed nor encrypted; zeep raises them as what they are.
        if envelope.find("soap:Body/soap:Fault", names) is not None:
            return envelope
        try:
            decrypt(envelope, self.own)
        except NotDecrypted as refusal:
            raise SignatureVerificationFailed(str(refusal)) from refusal
        signature._verify_envelope_with_key(envelope, signature._make_verify_key(self.server))
        # zeep asks whether the signature holds, not which elements it covers.
        path = "soap:Header/wsse:Security/ds:Signature/ds:SignedInfo/ds:Reference"
        covered = {reference.get("URI") for reference in envelope.iterfind(path, names)}
        for path in ("soap:Body", "soap:Header/wsse:Security/wsu:Timestamp"):
            part = envelope.find(path, names)
            if part is None or "#%s" % part.get(etree.QName(ns.WSU, "Id")) not in covered:
                raise SignatureVerificationFailed("Body and Timestamp are not both signed")
        return envelope
# docs:end security


def plain(value):
    """JSON knows neither dates nor octets."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime.datetime) else str(value)


def main():
    address, key, certificate, server = sys.argv[1:]
    session = requests.Session()
    # No proxy from the environment stands between here and localhost.
    session.trust_env = False
    # docs:begin client
    agency = SignedByAgency(key, certificate, server)
    client = zeep.Client(address, transport=zeep.Transport(session=session), wsse=agency)
    # docs:end client
    answers = []
    for call in json.load(sys.stdin):
        try:
            # docs:begin call
            answer = client.service[call["operation"]](**call["fields"])
            # docs:end call
        except (zeep.exceptions.Fault, SignatureVerificationFailed) as error:
            answers.append({"failed": type(error).__name__, "message": str(error)})
            continue
        answers.append(serialize_object(answer, dict))
    json.dump(answers, sys.stdout, default=plain)


main()
