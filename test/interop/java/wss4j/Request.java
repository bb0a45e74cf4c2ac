// A request of the mailbox providers' service: written as DOM, then Timestamp and Body signed by WSS4J.

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSEncryptionPart;
import org.apache.ws.security.message.WSSecHeader;
import org.apache.ws.security.message.WSSecSignature;
import org.apache.ws.security.message.WSSecTimestamp;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class Request {
  static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

  private static final Map<String, Integer> KEY_IDENTIFIERS =
      Map.of(
          "direct", WSConstants.BST_DIRECT_REFERENCE,
          "issuer-serial", WSConstants.ISSUER_SERIAL,
          "subject-key-identifier", WSConstants.SKI_KEY_IDENTIFIER,
          "thumbprint", WSConstants.THUMBPRINT_IDENTIFIER);

  final byte[] bytes;
  final byte[] signatureValue;

  private Request(byte[] bytes, byte[] signatureValue) {
    this.bytes = bytes;
    this.signatureValue = signatureValue;
  }

  private static Document envelope(String operation, Map<String, String> fields) throws Exception {
    Document document = Xml.empty();
    Element envelope = Xml.append(document, Xml.SOAP, "soapenv:Envelope");
    // DOM writes these by itself when it serializes: too late for a digest.
    envelope.setAttributeNS(WSConstants.XMLNS_NS, "xmlns:soapenv", Xml.SOAP);
    envelope.setAttributeNS(WSConstants.XMLNS_NS, "xmlns:post", Xml.MESSAGES);
    Xml.append(envelope, Xml.SOAP, "soapenv:Header");
    Element body = Xml.append(envelope, Xml.SOAP, "soapenv:Body");
    Element payload = Xml.append(body, Xml.MESSAGES, "post:" + operation + "Forespoersel");
    fields.forEach((name, value) -> Xml.append(payload, Xml.MESSAGES, "post:" + name).setTextContent(value));
    return document;
  }

  /** Signs whatever parts are named; WSS4J adds the InclusiveNamespaces that it is known for. */
  static byte[] sign(
      Document document, WSSecHeader header, Keys keys, int keyIdentifier, boolean old, List<WSEncryptionPart> parts)
      throws Exception {
    WSSecSignature signature = new WSSecSignature();
    signature.setUserInfo(keys.alias, Keys.PASSWORD);
    signature.setKeyIdentifierType(keyIdentifier);
    signature.setSignatureAlgorithm(old ? WSConstants.RSA_SHA1 : RSA_SHA256);
    signature.setDigestAlgo(old ? WSConstants.SHA1 : WSConstants.SHA256);
    signature.setParts(parts);
    signature.build(document, keys.crypto, header);
    return signature.getSignatureValue();
  }

  static WSEncryptionPart part(String namespace, String name) {
    return new WSEncryptionPart(name, namespace, "Element");
  }

  /**
   * @param keyIdentifier how KeyInfo names the certificate; only `direct` carries it in the message
   * @param old whether to sign as in the 14-05 era, by SHA-1
   * @param token whether to sign the certificate too, by STR-Transform
   */
  static Request write(
      Keys keys, String operation, Map<String, String> fields, String keyIdentifier, boolean old, boolean token)
      throws Exception {
    Document document = envelope(operation, fields);
    WSSecHeader header = new WSSecHeader();
    header.insertSecurityHeader(document);
    WSSecTimestamp timestamp = new WSSecTimestamp();
    timestamp.setTimeToLive(60);
    timestamp.build(document, header);
    List<WSEncryptionPart> parts =
        new ArrayList<>(List.of(part(WSConstants.WSU_NS, "Timestamp"), part(Xml.SOAP, "Body")));
    if (token) parts.add(new WSEncryptionPart("STRTransform", "", "Element"));
    byte[] value = sign(document, header, keys, KEY_IDENTIFIERS.get(keyIdentifier), old, parts);
    return new Request(Xml.write(document), value);
  }
}
