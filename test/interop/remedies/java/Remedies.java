// Signs a request by WSS4J with one setting wrong, and the same with it right.
//
// The settings are handed to WSHandler, the class that CXF's WSS4JOutInterceptor extends and passes its own settings on to; CXF
// itself does not run here. Where the remedy is for own code, own values stand in the place of WSS4J's.
//
// Usage: java -Dfile.encoding=ISO-8859-1 Remedies KEY CERTIFICATE OTHER-KEY < jobs
//
// A job is a line: the cause, `wrong` or `right`, and the content of the Body in base64, with tabs between. Prints a line of
// base64 for each.

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamWriter;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stax.StAXResult;
import javax.xml.transform.stream.StreamResult;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSSConfig;
import org.apache.ws.security.components.crypto.Merlin;
import org.apache.ws.security.handler.RequestData;
import org.apache.ws.security.handler.WSHandler;
import org.apache.ws.security.util.WSSecurityUtil;
import org.apache.xml.security.c14n.Canonicalizer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

public final class Remedies {
  private static final String PASSWORD = "changeit";
  private static final String TIMESTAMP = "{}{" + WSConstants.WSU_NS + "}Timestamp";
  private static final String BODY = "{}{" + WSConstants.URI_SOAP11_ENV + "}Body";

  private final Merlin crypto = new Merlin();
  private final PrivateKey key;
  private final Certificate certificate;

  private Remedies(String keyFile, String certificateFile, String otherKeyFile) throws Exception {
    certificate =
        CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(Path.of(certificateFile)));
    key = read(keyFile);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    // Whether they belong together nobody asks.
    store.setKeyEntry("client", key, PASSWORD.toCharArray(), new Certificate[] {certificate});
    store.setKeyEntry("mixed", read(otherKeyFile), PASSWORD.toCharArray(), new Certificate[] {certificate});
    crypto.setKeyStore(store);
  }

  private static PrivateKey read(String file) throws Exception {
    String pem = Files.readString(Path.of(file)).replaceAll("-----[^-]+-----|\\s", "");
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
  }

  /** What CXF's WSS4JOutInterceptor does with its settings. */
  private static final class Sender extends WSHandler {
    private final Map<String, Object> settings;

    private Sender(Map<String, Object> settings) {
      this.settings = settings;
    }

    private void send(Document document) throws Exception {
      RequestData data = new RequestData();
      data.setWssConfig(WSSConfig.getNewInstance());
      data.setMsgContext(settings);
      data.setUsername((String) settings.get("user"));
      List<Integer> actions = new ArrayList<>();
      int action = WSSecurityUtil.decodeAction((String) settings.get("action"), actions);
      doSenderAction(action, document, data, actions, true);
    }

    @Override
    public Object getOption(String name) {
      return settings.get(name);
    }

    @Override
    public Object getProperty(Object context, String name) {
      return settings.get(name);
    }

    @Override
    public void setProperty(Object context, String name, Object value) {
      settings.put(name, value);
    }

    @Override
    public String getPassword(Object context) {
      return PASSWORD;
    }

    @Override
    public void setPassword(Object context, String password) {
      throw new UnsupportedOperationException();
    }
  }

  private Map<String, Object> good() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("action", "Timestamp Signature");
    settings.put("user", "client");
    settings.put("signatureUser", "client");
    settings.put("signaturePropRefId", "crypto");
    settings.put("crypto", crypto);
    settings.put("signatureKeyIdentifier", "DirectReference");
    settings.put("signatureAlgorithm", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
    settings.put("signatureDigestAlgorithm", "http://www.w3.org/2001/04/xmlenc#sha256");
    settings.put("signatureParts", BODY + ";" + TIMESTAMP);
    settings.put("useSingleCertificate", "true");
    settings.put("timeToLive", "60");
    return settings;
  }

  /** The settings that are wrong for a cause. */
  private static Map<String, String> wrong(String cause) {
    return switch (cause) {
      case "actor-of-another" -> Map.of("actor", "urn:example:gateway");
      case "algorithm-not-allowed" -> Map.of(
          "signatureAlgorithm", "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
          "signatureDigestAlgorithm", "http://www.w3.org/2000/09/xmldsig#sha1");
      case "key-reference-not-allowed" -> Map.of("signatureKeyIdentifier", "KeyValue");
      case "lifetime-too-long" -> Map.of("timeToLive", "86400");
      case "not-signed" -> Map.of("signatureParts", BODY);
      case "signature-missing" -> Map.of("action", "Timestamp");
      case "timestamp-missing" -> Map.of("action", "Signature", "signatureParts", BODY);
      case "token-missing" -> Map.of("signatureKeyIdentifier", "IssuerSerial");
      case "token-type-not-allowed/path" -> Map.of("useSingleCertificate", "false");
      case "token-type-not-allowed/user-name" -> Map.of("action", "UsernameToken Timestamp Signature");
      case "wrong-key" -> Map.of("signatureUser", "mixed");
      default -> Map.of();
    };
  }

  private static Document parse(byte[] bytes) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
  }

  private static byte[] write(Node node, boolean indented) throws Exception {
    Transformer writer = TransformerFactory.newInstance().newTransformer();
    writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    writer.setOutputProperty(OutputKeys.INDENT, indented ? "yes" : "no");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.transform(new DOMSource(node), new StreamResult(bytes));
    return bytes.toByteArray();
  }

  /** As a StAX writer of the JDK does it. */
  private static byte[] stream(Document document) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
    TransformerFactory.newDefaultInstance().newTransformer().transform(new DOMSource(document), new StAXResult(writer));
    writer.close();
    return bytes.toByteArray();
  }

  /** Adds the certificate of the mailbox, in base64. */
  private void addCertificate(Document document, Base64.Encoder encoder) throws Exception {
    Element address = find(document, "postkasseadresse");
    Element added = document.createElementNS(address.getNamespaceURI(), address.getPrefix() + ":x509Sertifikat");
    added.setTextContent(encoder.encodeToString(certificate.getEncoded()));
    address.getParentNode().appendChild(added);
  }

  private static Element find(Document document, String name) {
    return (Element) document.getElementsByTagNameNS("*", name).item(0);
  }

  private static byte[] canonical(Node node, String prefixes) throws Exception {
    Canonicalizer exclusive = Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS);
    return prefixes.isEmpty() ? exclusive.canonicalizeSubtree(node) : exclusive.canonicalizeSubtree(node, prefixes);
  }

  /** Gives the elements below another prefix, as a transformation does that writes with its own. */
  private static void rename(Document document, Node node) {
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) rename(document, child);
    if (!(node instanceof Element element)) return;
    element.removeAttributeNS("http://www.w3.org/2000/xmlns/", element.getPrefix());
    document.renameNode(element, element.getNamespaceURI(), "post:" + element.getLocalName());
  }

  private byte[] signed(byte[] octets) throws Exception {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(octets);
    return signature.sign();
  }

  private static Base64.Encoder encoder(String cause, boolean wrong, String value) {
    if (wrong && cause.equals(value + "-in-base64url")) return Base64.getUrlEncoder();
    if (wrong && cause.equals(value + "-unpadded")) return Base64.getEncoder().withoutPadding();
    return Base64.getEncoder();
  }

  /** Makes the digest of the Body and the signature anew, in own code. */
  private void byHand(String cause, boolean wrong, Document document) throws Exception {
    Element body = find(document, "Body");
    Element info = find(document, "SignedInfo");
    byte[] octets = wrong && cause.equals("digest-of-raw-text") ? write(body, false) : canonical(body, "");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
    String id = "#" + body.getAttributeNS(WSConstants.WSU_NS, "Id");
    for (Node node = info.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (!(node instanceof Element reference) || !reference.getAttribute("URI").equals(id)) continue;
      Node value = reference.getElementsByTagNameNS("*", "DigestValue").item(0);
      value.setTextContent(encoder(cause, wrong, "digest").encodeToString(digest));
    }
    // SignedInfo is canonicalized with the prefixes that are written there.
    Element list = (Element) find(document, "CanonicalizationMethod").getFirstChild();
    byte[] value = signed(canonical(info, list == null ? "" : list.getAttribute("PrefixList")));
    find(document, "SignatureValue").setTextContent(encoder(cause, wrong, "signature").encodeToString(value));
  }

  private byte[] message(String cause, boolean wrong, byte[] body) throws Exception {
    String text = new String(body, StandardCharsets.UTF_8);
    // A declaration that only the Envelope needs: a PrefixList names it.
    String envelope =
        "<soap:Envelope xmlns:soap=\"%s\" xmlns:unused=\"urn:unused\"><soap:Header/><soap:Body>%s</soap:Body></soap:Envelope>";
    Document document =
        parse(String.format(envelope, WSConstants.URI_SOAP11_ENV, text).getBytes(StandardCharsets.UTF_8));
    Map<String, Object> settings = good();
    boolean own = cause.startsWith("digest-") || cause.endsWith("-in-base64url") || cause.startsWith("prefix-list-");
    if (own) settings.put("isBSPCompliant", String.valueOf(wrong && cause.startsWith("prefix-list-")));
    if (wrong) settings.putAll(wrong(cause));
    boolean lines = cause.equals("line-endings-changed");
    if (lines) addCertificate(document, wrong ? Base64.getMimeEncoder() : Base64.getEncoder());
    new Sender(settings).send(document);
    if (wrong && cause.equals("two-of-one")) new Sender(settings).send(document);
    if (own) byHand(cause, wrong, document);
    if (wrong && cause.equals("prefix-changed")) rename(document, find(document, "Body").getFirstChild());
    byte[] bytes = lines ? stream(document) : write(document, wrong && cause.equals("whitespace-added"));
    if (!cause.equals("charset")) return bytes;
    String written = new String(bytes, StandardCharsets.UTF_8);
    return wrong ? written.getBytes() : written.getBytes(StandardCharsets.UTF_8);
  }

  /** Tries until a value has one of the signs that base64url writes otherwise: the Ids are new each time. */
  private byte[] perform(String cause, boolean wrong, byte[] body) throws Exception {
    byte[] made = message(cause, wrong, body);
    if (!wrong || !cause.endsWith("-in-base64url")) return made;
    String element = cause.startsWith("digest") ? "DigestValue" : "SignatureValue";
    Pattern signs = Pattern.compile(element + ">[^<]*[-_]");
    while (!signs.matcher(new String(made, StandardCharsets.UTF_8)).find()) made = message(cause, true, body);
    return made;
  }

  public static void main(String[] args) throws Exception {
    WSSConfig.init();
    Remedies remedies = new Remedies(args[0], args[1], args[2]);
    BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
      String[] fields = line.split("\t");
      byte[] made = remedies.perform(fields[0], fields[1].equals("wrong"), Base64.getDecoder().decode(fields[2]));
      System.out.println(Base64.getEncoder().encodeToString(made));
    }
  }
}
