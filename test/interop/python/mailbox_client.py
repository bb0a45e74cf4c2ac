# A mailbox provider as zeep plays it: loads the served WSDL, signs every request, verifies every answer.
#
# Usage: mailbox_client.py WSDL-URL KEY CERTIFICATE SERVER-CERTIFICATE [FOLDER] < calls
#
# Reads a JSON list of {"operation": ..., "fields": {...}}, calls them in order and prints a JSON list of
# {"status": ..., "beskrivelse": ...} or {"failed": exception}. With a FOLDER each answer is saved there, and named: "wire"
# holds the bytes of the answer as they came, "tree" what a zeep plugin was given.

import base64
import datetime
import json
import os
import sys

# docs:begin imports
import requests
import xmlsec
import zeep
from lxml import etree
from zeep import ns
from zeep.exceptions import SignatureVerificationFailed
from zeep.wsse import signature, utils
# docs:end imports


# docs:begin signing
class SignedByProvider(signature.BinarySignature):
    """zeep's own signing with a Timestamp before it, and the server's certificate for the answers."""

    def __init__(self, key, certificate, server):
        super().__init__(
            key,
            certificate,
            signature_method=xmlsec.Transform.RSA_SHA256,
            digest_method=xmlsec.Transform.SHA256,
        )
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
        names = {"soap": ns.SOAP_ENV_11, "wsse": ns.WSSE, "wsu": ns.WSU, "ds": ns.DS}
        # Faults of this service are never signed; zeep raises them as what they are.
        if envelope.find("soap:Body/soap:Fault", names) is not None:
            return envelope
        # zeep fails with an AttributeError where there is no Security header at all.
        if envelope.find("soap:Header/wsse:Security/ds:Signature", names) is None:
            raise SignatureVerificationFailed("the answer is not signed")
        signature._verify_envelope_with_key(envelope, signature._make_verify_key(self.server))
        # zeep asks whether the signature holds, not which elements it covers.
        path = "soap:Header/wsse:Security/ds:Signature/ds:SignedInfo/ds:Reference"
        covered = {reference.get("URI") for reference in envelope.iterfind(path, names)}
        for path in ("soap:Body", "soap:Header/wsse:Security/wsu:Timestamp"):
            part = envelope.find(path, names)
            if part is None or "#%s" % part.get(etree.QName(ns.WSU, "Id")) not in covered:
                raise SignatureVerificationFailed("Body and Timestamp are not both signed")
        return envelope
# docs:end signing


class Recorder(zeep.Plugin):
    """Keeps the tree of the last answer."""

    def ingress(self, envelope, http_headers, operation):
        self.tree = etree.tostring(envelope, encoding="utf-8", xml_declaration=False)
        return envelope, http_headers


class Wire(zeep.Transport):
    """Keeps the bytes of the last answer."""

    def post(self, address, message, headers):
        response = super().post(address, message, headers)
        self.bytes = response.content
        return response


def main():
    address, key, certificate, server, *folder = sys.argv[1:]
    session = requests.Session()
    # No proxy from the environment stands between here and localhost.
    session.trust_env = False
    wire, recorder = Wire(session=session), Recorder()
    # docs:begin client
    provider = SignedByProvider(key, certificate, server)
    client = zeep.Client(address, transport=wire, wsse=provider, plugins=[recorder])
    # docs:end client

    def save(name, content):
        path = os.path.join(folder[0], name)
        with open(path, "wb") as file:
            file.write(content)
        return path

    answers = []
    for number, call in enumerate(json.load(sys.stdin)):
        fields = dict(call["fields"])
        if "x509Sertifikat" in fields:
            fields["x509Sertifikat"] = base64.b64decode(fields["x509Sertifikat"])
        # docs:begin call
        try:
            answer = client.service[call["operation"]](**fields)
        except (zeep.exceptions.Fault, SignatureVerificationFailed) as error:
            answers.append({"failed": type(error).__name__})
            continue
        # docs:end call
        answers.append({"status": answer["status"], "beskrivelse": answer["beskrivelse"]})
        if folder:
            answers[-1]["wire"] = save("zeep-%d-wire.xml" % number, wire.bytes)
            answers[-1]["tree"] = save("zeep-%d-tree.xml" % number, recorder.tree)
    json.dump(answers, sys.stdout)


main()
