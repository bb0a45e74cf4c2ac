// WS-Security for JAX-WS, which has none: a handler in which WSS4J signs every request and verifies every answer.

import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.xml.namespace.QName;
import javax.xml.soap.SOAPException;
import javax.xml.soap.SOAPPart;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMResult;
import javax.xml.transform.dom.DOMSource;
import javax.xml.ws.ProtocolException;
import javax.xml.ws.handler.MessageContext;
import javax.xml.ws.handler.soap.SOAPHandler;
import javax.xml.ws.handler.soap.SOAPMessageContext;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSDataRef;
import org.apache.ws.security.WSEncryptionPart;
import org.apache.ws.security.WSSConfig;
import org.apache.ws.security.WSSecurityEngine;
import org.apache.ws.security.WSSecurityEngineResult;
import org.apache.ws.security.WSSecurityException;
import org.apache.ws.security.components.crypto.Merlin;
import org.apache.ws.security.handler.RequestData;
import org.apache.ws.security.message.WSSecHeader;
import org.apache.ws.security.message.WSSecSignature;
import org.apache.ws.security.message.WSSecTimestamp;
import org.apache.ws.security.util.WSSecurityUtil;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class SignedByProvider implements SOAPHandler<SOAPMessageContext> {
  private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  private static final String SERVER = "SERIALNUMBER=991825827";

  private final Merlin crypto = new Merlin();
  private final String alias;
  private final String password;

  // docs:begin keys
  SignedByProvider(Path p12, String password, Path trust) throws Exception {
    KeyStore own = KeyStore.getInstance(p12.toFile(), password.toCharArray());
    crypto.setKeyStore(own);
    // A store of their own: without one Merlin believes whatever certificates the key store holds.
    crypto.setTrustStore(KeyStore.getInstance(trust.toFile(), password.toCharArray()));
    this.alias = own.aliases().nextElement();
    this.password = password;
    WSSConfig.init();
  }
  // docs:end keys

  // docs:begin sign
  private void sign(Document envelope) throws WSSecurityException {
    WSSecHeader header = new WSSecHeader();
    header.insertSecurityHeader(envelope);
    WSSecTimestamp timestamp = new WSSecTimestamp();
    timestamp.setTimeToLive(60);
    timestamp.build(envelope, header);
    WSSecSignature signature = new WSSecSignature();
    signature.setUserInfo(alias, password);
    // WSS4J names the certificate by issuer and serial number where it is not told to carry it.
    signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
    // Both are SHA-1 where they are not set.
    signature.setSignatureAlgorithm(RSA_SHA256);
    signature.setDigestAlgo(WSConstants.SHA256);
    signature.setParts(
        List.of(
            new WSEncryptionPart("Timestamp", WSConstants.WSU_NS, "Element"),
            new WSEncryptionPart("Body", WSConstants.URI_SOAP11_ENV, "Element")));
    signature.build(envelope, crypto, header);
  }
  // docs:end sign

  // docs:begin verify
  private void verify(Document envelope) throws WSSecurityException {
    Element body = WSSecurityUtil.findBodyElement(envelope);
    Element security = WSSecurityUtil.getSecurityHeader(envelope, null);
    if (security == null) throw new WSSecurityException("the answer is not signed");
    Element timestamp = WSSecurityUtil.getDirectChildElement(security, "Timestamp", WSConstants.WSU_NS);
    RequestData terms = new RequestData();
    terms.setWssConfig(WSSConfig.getNewInstance());
    terms.setSigCrypto(crypto);
    for (WSSecurityEngineResult result : new WSSecurityEngine().processSecurityHeader(security, terms)) {
      if (!Integer.valueOf(WSConstants.SIGN).equals(result.get(WSSecurityEngineResult.TAG_ACTION))) continue;
      X509Certificate signer = (X509Certificate) result.get(WSSecurityEngineResult.TAG_X509_CERTIFICATE);
      // A chain to the trust anchors says that somebody signed; the organisation number says who.
      if (!signer.getSubjectX500Principal().toString().contains(SERVER)) continue;
      @SuppressWarnings("unchecked")
      var signed = (List<WSDataRef>) result.get(WSSecurityEngineResult.TAG_DATA_REF_URIS);
      // The elements in their places, and not others that are named as they are.
      boolean bodySigned = signed.stream().anyMatch(part -> part.getProtectedElement().isSameNode(body));
      boolean timeSigned = signed.stream().anyMatch(part -> part.getProtectedElement().isSameNode(timestamp));
      if (bodySigned && timeSigned) return;
    }
    throw new WSSecurityException("the server did not sign Body and Timestamp");
  }
  // docs:end verify

  // docs:begin handler
  @Override
  public boolean handleMessage(SOAPMessageContext context) {
    try {
      // SAAJ's own nodes are wrappers, on which WSS4J fails (WRONG_DOCUMENT_ERR): it gets a plain DOM tree.
      SOAPPart part = context.getMessage().getSOAPPart();
      DOMResult envelope = new DOMResult();
      TransformerFactory.newInstance().newTransformer().transform(part.getContent(), envelope);
      Document document = (Document) envelope.getNode();
      if ((Boolean) context.get(MessageContext.MESSAGE_OUTBOUND_PROPERTY)) {
        sign(document);
        part.setContent(new DOMSource(document));
      } else verify(document);
      return true;
    } catch (WSSecurityException | SOAPException | TransformerException refusal) {
      throw new ProtocolException(refusal);
    }
  }

  // Faults of this service are never signed: they pass.
  @Override
  public boolean handleFault(SOAPMessageContext context) {
    return true;
  }

  // Without this JAX-WS refuses the answer: its Security header says mustUnderstand.
  @Override
  public Set<QName> getHeaders() {
    return Set.of(new QName(WSConstants.WSSE_NS, WSConstants.WSSE_LN));
  }

  @Override
  public void close(MessageContext context) {}
  // docs:end handler
}
