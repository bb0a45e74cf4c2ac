// WS-Security of the lookup service for JAX-WS: a handler in which WSS4J signs every request, decrypts and verifies every answer.

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
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
import org.apache.ws.security.WSPasswordCallback;
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

final class AgencyHandler implements SOAPHandler<SOAPMessageContext> {
  private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

  private final Merlin crypto = new Merlin();
  private final X509Certificate server;
  private final String alias;
  private final String password;

  // docs:begin keys
  AgencyHandler(Path p12, String password, Path trust, Path server) throws Exception {
    KeyStore own = KeyStore.getInstance(p12.toFile(), password.toCharArray());
    KeyStore trusted = KeyStore.getInstance(trust.toFile(), password.toCharArray());
    try (InputStream file = Files.newInputStream(server)) {
      this.server = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
    }
    // Answers of 14-05 name the server's certificate by issuer and number: WSS4J looks for it here.
    trusted.setCertificateEntry("server", this.server);
    crypto.setKeyStore(own);
    crypto.setTrustStore(trusted);
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
    signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
    signature.setSignatureAlgorithm(RSA_SHA256);
    signature.setDigestAlgo(WSConstants.SHA256);
    Element body = WSSecurityUtil.findBodyElement(envelope);
    List<WSEncryptionPart> parts = new ArrayList<>();
    parts.add(new WSEncryptionPart("Timestamp", WSConstants.WSU_NS, "Element"));
    parts.add(new WSEncryptionPart("Body", body.getNamespaceURI(), "Element"));
    // Who acts for another organisation signs that too.
    Element delegation = (Element) envelope.getElementsByTagNameNS("*", "Oppslagstjenesten").item(0);
    if (delegation != null)
      parts.add(new WSEncryptionPart(delegation.getLocalName(), delegation.getNamespaceURI(), "Element"));
    signature.setParts(parts);
    signature.build(envelope, crypto, header);
  }
  // docs:end sign

  // docs:begin read
  /** WSS4J asks for the password of the key that an answer is encrypted to. */
  private final CallbackHandler passwords =
      new CallbackHandler() {
        @Override
        public void handle(Callback[] callbacks) {
          for (Callback callback : callbacks) ((WSPasswordCallback) callback).setPassword(password);
        }
      };

  /** Decrypts the Body in place, and verifies that the server signed it and the Timestamp. */
  private void read(Document envelope) throws WSSecurityException {
    Element security = WSSecurityUtil.getSecurityHeader(envelope, null);
    if (security == null) throw new WSSecurityException("the answer is not signed");
    Element body = WSSecurityUtil.findBodyElement(envelope);
    Element timestamp = WSSecurityUtil.getDirectChildElement(security, "Timestamp", WSConstants.WSU_NS);
    RequestData terms = new RequestData();
    terms.setWssConfig(WSSConfig.getNewInstance());
    terms.setSigCrypto(crypto);
    terms.setDecCrypto(crypto);
    terms.setCallbackHandler(passwords);
    boolean encrypted = false;
    boolean signed = false;
    for (WSSecurityEngineResult result : new WSSecurityEngine().processSecurityHeader(security, terms)) {
      Object action = result.get(WSSecurityEngineResult.TAG_ACTION);
      @SuppressWarnings("unchecked")
      var parts = (List<WSDataRef>) result.get(WSSecurityEngineResult.TAG_DATA_REF_URIS);
      if (Integer.valueOf(WSConstants.ENCR).equals(action)) encrypted |= covers(parts, body);
      if (!Integer.valueOf(WSConstants.SIGN).equals(action)) continue;
      // A chain to the trust anchors says that somebody signed; the certificate says who.
      boolean ours = server.equals(result.get(WSSecurityEngineResult.TAG_X509_CERTIFICATE));
      signed |= ours && covers(parts, body) && covers(parts, timestamp);
    }
    if (!encrypted) throw new WSSecurityException("the answer is not encrypted");
    if (!signed) throw new WSSecurityException("the server did not sign Body and Timestamp");
  }

  /** The element in its place, and not another that is named as it is. */
  private static boolean covers(List<WSDataRef> parts, Element element) {
    return parts != null && parts.stream().anyMatch(part -> element.isSameNode(part.getProtectedElement()));
  }
  // docs:end read

  // docs:begin handler
  @Override
  public boolean handleMessage(SOAPMessageContext context) {
    try {
      // SAAJ's own nodes are wrappers, on which WSS4J fails (WRONG_DOCUMENT_ERR): it gets a plain DOM tree.
      SOAPPart part = context.getMessage().getSOAPPart();
      DOMResult envelope = new DOMResult();
      TransformerFactory.newInstance().newTransformer().transform(part.getContent(), envelope);
      Document document = (Document) envelope.getNode();
      if ((Boolean) context.get(MessageContext.MESSAGE_OUTBOUND_PROPERTY)) sign(document);
      else read(document);
      // Both ways the tree is set back: signed, or decrypted, so that the stubs unmarshal what was encrypted.
      part.setContent(new DOMSource(document));
      return true;
    } catch (WSSecurityException | SOAPException | TransformerException refusal) {
      throw new ProtocolException(refusal);
    }
  }

  // Faults of this service are neither signed nor encrypted: they pass.
  @Override
  public boolean handleFault(SOAPMessageContext context) {
    return true;
  }

  @Override
  public Set<QName> getHeaders() {
    return Set.of(new QName(WSConstants.WSSE_NS, WSConstants.WSSE_LN));
  }

  @Override
  public void close(MessageContext context) {}
  // docs:end handler
}
