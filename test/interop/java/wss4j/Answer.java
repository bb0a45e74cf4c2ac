// An answer as WSS4J's engine reads it: decrypted, verified against the trust anchors, and what exactly was protected.

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSDataRef;
import org.apache.ws.security.WSSConfig;
import org.apache.ws.security.WSSecurityEngine;
import org.apache.ws.security.WSSecurityEngineResult;
import org.apache.ws.security.WSSecurityException;
import org.apache.ws.security.handler.RequestData;
import org.apache.ws.security.message.token.SignatureConfirmation;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

final class Answer {
  /** The tree after decryption. */
  final Document document;
  /** What was found, for the test to judge. */
  final Map<String, Object> findings = new LinkedHashMap<>();

  private Answer(Document document) {
    this.document = document;
  }

  /**
   * Reads an answer, first by the rules of the Basic Security Profile and, where those do not hold, without them;
   * `complaint` then says what was broken.
   *
   * @throws WSSecurityException when a signature, a certificate, the Timestamp or a cipher does not hold
   */
  static Answer read(byte[] bytes, Keys keys) throws Exception {
    try {
      return read(bytes, keys, true);
    } catch (WSSecurityException complaint) {
      Answer answer = read(bytes, keys, false);
      answer.findings.put("complaint", complaint.getMessage());
      return answer;
    }
  }

  private static Answer read(byte[] bytes, Keys keys, boolean basicSecurityProfile) throws Exception {
    Answer answer = new Answer(Xml.parse(bytes));
    Element security = Xml.security(answer.document);
    if (security != null) {
      WSSConfig configuration = WSSConfig.getNewInstance();
      configuration.setWsiBSPCompliant(basicSecurityProfile);
      RequestData terms = new RequestData();
      terms.setWssConfig(configuration);
      terms.setSigCrypto(keys.crypto);
      terms.setDecCrypto(keys.crypto);
      terms.setCallbackHandler(keys.passwords);
      // Every certificate of the chain must be in good standing by a CRL of its issuer.
      terms.setEnableRevocation(true);
      for (WSSecurityEngineResult result : new WSSecurityEngine().processSecurityHeader(security, terms))
        answer.note(result);
    }
    answer.readPayload();
    return answer;
  }

  private void note(WSSecurityEngineResult result) {
    switch ((Integer) result.get(WSSecurityEngineResult.TAG_ACTION)) {
      case WSConstants.SIGN -> noteSignature(result);
      case WSConstants.ENCR -> noteEncryption(result);
      case WSConstants.SC -> {
        var confirmation = (SignatureConfirmation) result.get(WSSecurityEngineResult.TAG_SIGNATURE_CONFIRMATION);
        findings.put("confirmed", base64(confirmation.getSignatureValue()));
      }
      default -> {}
    }
  }

  private void noteSignature(WSSecurityEngineResult result) {
    try {
      var certificate = (X509Certificate) result.get(WSSecurityEngineResult.TAG_X509_CERTIFICATE);
      findings.put("signer", base64(certificate.getEncoded()));
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
    findings.put("signatureMethod", result.get(WSSecurityEngineResult.TAG_SIGNATURE_METHOD));
    List<String> signed = new ArrayList<>();
    for (WSDataRef reference : references(result)) signed.add(place(reference.getProtectedElement()));
    findings.put("signed", signed);
  }

  private void noteEncryption(WSSecurityEngineResult result) {
    findings.put("transport", result.get(WSSecurityEngineResult.TAG_ENCRYPTED_KEY_TRANSPORT_METHOD));
    List<String> encrypted = new ArrayList<>();
    for (WSDataRef reference : references(result)) {
      findings.put("content", reference.getAlgorithm());
      encrypted.add(place(reference.getProtectedElement()) + (reference.isContent() ? " content" : ""));
    }
    findings.put("encrypted", encrypted);
  }

  @SuppressWarnings("unchecked")
  private static List<WSDataRef> references(WSSecurityEngineResult result) {
    return (List<WSDataRef>) result.get(WSSecurityEngineResult.TAG_DATA_REF_URIS);
  }

  /** The local name where the element stands in its proper place in the envelope; anywhere else that is said too. */
  private String place(Element element) {
    Element security = Xml.security(document);
    Node expected =
        "Body".equals(element.getLocalName())
            ? Xml.body(document)
            : Xml.child(security, element.getNamespaceURI(), element.getLocalName());
    return element == expected ? element.getLocalName() : element.getLocalName() + " out of place";
  }

  private void readPayload() {
    Map<String, String> fields = new LinkedHashMap<>();
    Element payload = null;
    for (Node node = Xml.body(document).getFirstChild(); node != null; node = node.getNextSibling())
      if (node instanceof Element element) payload = element;
    if (payload == null) return;
    findings.put("element", payload.getLocalName());
    for (Node node = payload.getFirstChild(); node != null; node = node.getNextSibling())
      if (node instanceof Element field) fields.put(field.getLocalName(), field.getTextContent());
    findings.put("fields", fields);
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
