# WS-Security for Python stacks that have none: signs an envelope, and reads a signed answer, with xmlsec and lxml alone.

# docs:begin names
import datetime
import uuid

import xmlsec
from lxml import etree

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
WSSE = WSS + "wssecurity-secext-1.0.xsd"
WSU = WSS + "wssecurity-utility-1.0.xsd"
DS = "http://www.w3.org/2000/09/xmldsig#"
X509V3 = WSS + "x509-token-profile-1.0#X509v3"
BASE64 = WSS + "soap-message-security-1.0#Base64Binary"
WSU_ID = "{%s}Id" % WSU

# Neither network nor entities, whatever a message asks for.
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
# docs:end names


# docs:begin sign
def new_id(name):
    # New in every message: two equal requests of one second are no replay then.
    return "%s-%s" % (name, uuid.uuid4())


def add_timestamp(security, seconds=60):
    created = datetime.datetime.now(datetime.timezone.utc)
    timestamp = etree.SubElement(security, "{%s}Timestamp" % WSU, {WSU_ID: new_id("TS")})
    for name, instant in (("Created", created), ("Expires", created + datetime.timedelta(seconds=seconds))):
        etree.SubElement(timestamp, "{%s}%s" % (WSU, name)).text = instant.strftime("%Y-%m-%dT%H:%M:%SZ")
    return timestamp


def add_token(security, certificate_pem):
    kinds = {WSU_ID: new_id("X509"), "ValueType": X509V3, "EncodingType": BASE64}
    token = etree.SubElement(security, "{%s}BinarySecurityToken" % WSSE, kinds)
    # The first certificate of the file: the leaf.
    token.text = "".join(certificate_pem.split("-----")[2].split())
    return token


def sign(message, key_pem, certificate_pem):
    """Adds the Security header to an envelope: Timestamp, token, and a signature over Timestamp and Body."""
    envelope = etree.fromstring(message, PARSER)
    body = envelope.find("{%s}Body" % SOAP)
    body.set(WSU_ID, new_id("Body"))
    header = envelope.find("{%s}Header" % SOAP)
    if header is None:
        header = etree.Element("{%s}Header" % SOAP)
        envelope.insert(0, header)
    security = etree.SubElement(header, "{%s}Security" % WSSE, nsmap={"wsse": WSSE, "wsu": WSU})
    security.set("{%s}mustUnderstand" % SOAP, "1")
    token = add_token(security, certificate_pem)
    timestamp = add_timestamp(security)

    signature = xmlsec.template.create(envelope, xmlsec.Transform.EXCL_C14N, xmlsec.Transform.RSA_SHA256, ns="ds")
    security.append(signature)
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(key_pem, xmlsec.KeyFormat.PEM)
    for part in (timestamp, body):
        context.register_id(part, "Id", WSU)
        uri = "#" + part.get(WSU_ID)
        reference = xmlsec.template.add_reference(signature, xmlsec.Transform.SHA256, uri=uri)
        xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
    key_info = xmlsec.template.ensure_key_info(signature)
    pointer = etree.SubElement(key_info, "{%s}SecurityTokenReference" % WSSE)
    uri = "#" + token.get(WSU_ID)
    etree.SubElement(pointer, "{%s}Reference" % WSSE, {"URI": uri, "ValueType": X509V3})
    context.sign(signature)
    return etree.tostring(envelope, encoding="utf-8", xml_declaration=True)
# docs:end sign


# docs:begin verify
class NotSigned(Exception):
    """The answer is not what the server signed."""


def verify(message, server_pem):
    """Raises NotSigned unless the server signed the Body and the Timestamp that stand where they must stand."""
    try:
        envelope = etree.fromstring(message, PARSER)
    except etree.XMLSyntaxError:
        raise NotSigned("the answer is no XML") from None
    body = envelope.find("{%s}Body" % SOAP)
    # Faults of this service are never signed.
    if body is not None and body.find("{%s}Fault" % SOAP) is not None:
        return
    security = envelope.find("{%s}Header/{%s}Security" % (SOAP, WSSE))
    signature = None if security is None else security.find("{%s}Signature" % DS)
    if body is None or signature is None:
        raise NotSigned("no Signature in the Security header")
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(server_pem, xmlsec.KeyFormat.CERT_PEM)
    for element in envelope.iterfind(".//*[@{%s}Id]" % WSU):
        context.register_id(element, "Id", WSU)
    try:
        context.verify(signature)
    except xmlsec.Error:
        raise NotSigned("the signature does not hold") from None
    # A good signature says nothing about which elements it covers.
    covered = {reference.get("URI") for reference in signature.iterfind("{%s}SignedInfo/{%s}Reference" % (DS, DS))}
    for part in (body, security.find("{%s}Timestamp" % WSU)):
        if part is None or "#%s" % part.get(WSU_ID) not in covered:
            raise NotSigned("Body and Timestamp are not both signed")
# docs:end verify
