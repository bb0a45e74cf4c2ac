// A client that signs by WSS4J, and with the mistakes of those that sign by the JDK themselves; and what stands behind a signer.
//
// Usage: java Sign KEY CERTIFICATE < jobs
//
// A job is a line: the mistake (`good` for none) or the way to write a message anew, a tab, the envelope in base64. Prints a
// line of base64 for each.

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
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSEncryptionPart;
import org.apache.ws.security.WSSConfig;
import org.apache.ws.security.components.crypto.Merlin;
import org.apache.ws.security.message.WSSecHeader;
import org.apache.ws.security.message.WSSecSignature;
import org.apache.ws.security.message.WSSecTimestamp;
import org.apache.xml.security.c14n.Canonicalizer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

public final class Sign {
  private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  private static final String PASSWORD = "changeit";

  private final Merlin crypto = new Merlin();
  private final PrivateKey key;

  private Sign(Path keyFile, Path certificateFile) throws Exception {
    String pem = Files.readString(keyFile).replaceAll("-----[^-]+-----|\\s", "");
    key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    Certificate certificate =
        CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(certificateFile));
    // Whether they belong together nobody asks.
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("client", key, PASSWORD.toCharArray(), new Certificate[] {certificate});
    crypto.setKeyStore(store);
  }

  private static Document parse(byte[] bytes) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
  }

  private static byte[] write(Node node, String indent) throws Exception {
    Transformer writer = TransformerFactory.newInstance().newTransformer();
    writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    writer.setOutputProperty(OutputKeys.INDENT, indent);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.transform(new DOMSource(node), new StreamResult(bytes));
    return bytes.toByteArray();
  }

  private static Element find(Document document, String name) {
    return (Element) document.getElementsByTagNameNS("*", name).item(0);
  }

  private Document byWss4j(String mistake, byte[] envelope) throws Exception {
    Document document = parse(envelope);
    WSSecHeader header = new WSSecHeader();
    header.insertSecurityHeader(document);
    WSSecTimestamp timestamp = new WSSecTimestamp();
    timestamp.setTimeToLive(60);
    timestamp.build(document, header);
    WSSecSignature signature = new WSSecSignature();
    signature.setUserInfo("client", PASSWORD);
    signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
    signature.setSignatureAlgorithm(RSA_SHA256);
    signature.setDigestAlgo(WSConstants.SHA256);
    if (mistake.equals("inclusive")) signature.setSigCanonicalization(WSConstants.C14N_OMIT_COMMENTS);
    signature.setParts(
        List.of(
            new WSEncryptionPart("Timestamp", WSConstants.WSU_NS, "Element"),
            new WSEncryptionPart("Body", WSConstants.URI_SOAP11_ENV, "Element")));
    signature.build(document, crypto, header);
    return document;
  }

  private static byte[] canonical(Node node, String method) throws Exception {
    return Canonicalizer.getInstance(method).canonicalizeSubtree(node);
  }

  private static byte[] canonical(Node node) throws Exception {
    return canonical(node, Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS);
  }

  private static byte[] sha256(byte[] octets) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(octets);
  }

  private static byte[] hashed(String mistake, Element body) throws Exception {
    String text = new String(canonical(body), StandardCharsets.UTF_8);
    return switch (mistake) {
      case "digest-utf16" -> text.getBytes(StandardCharsets.UTF_16);
      case "digest-latin1" -> text.getBytes(StandardCharsets.ISO_8859_1);
      case "digest-ascii" -> text.getBytes(StandardCharsets.US_ASCII);
      case "digest-inclusive" -> canonical(body, Canonicalizer.ALGO_ID_C14N_OMIT_COMMENTS);
      case "digest-comments" -> canonical(body, Canonicalizer.ALGO_ID_C14N_EXCL_WITH_COMMENTS);
      case "digest-saved" -> write(body, "no");
      case "digest-payload" -> canonical(body.getFirstChild());
      default -> text.getBytes(StandardCharsets.UTF_8);
    };
  }

  private static String digested(String mistake, byte[] octets) throws Exception {
    byte[] digest = sha256(octets);
    return switch (mistake) {
      case "digest-hex" -> HexFormat.of().formatHex(digest);
      case "digest-url" -> Base64.getUrlEncoder().encodeToString(digest);
      case "digest-unpadded" -> Base64.getEncoder().withoutPadding().encodeToString(digest);
      case "digest-of-digest" -> Base64.getEncoder().encodeToString(sha256(digest));
      case "digest-sha1" ->
          Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(octets));
      case "digest-cut" -> Base64.getEncoder().encodeToString(Arrays.copyOf(digest, 16));
      default -> Base64.getEncoder().encodeToString(digest);
    };
  }

  private byte[] signed(String algorithm, byte[] octets) throws Exception {
    Signature signature = Signature.getInstance(algorithm);
    if (algorithm.equals("RSASSA-PSS"))
      signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    signature.initSign(key);
    signature.update(octets);
    return signature.sign();
  }

  private byte[] valued(String mistake, Element info) throws Exception {
    byte[] octets = canonical(info);
    return switch (mistake) {
      case "value-pss" -> signed("RSASSA-PSS", octets);
      case "value-sha1" -> signed("SHA1withRSA", octets);
      case "value-sha512" -> signed("SHA512withRSA", octets);
      case "value-none" -> signed("NONEwithRSA", sha256(octets));
      case "value-of-digest" -> signed("SHA256withRSA", sha256(octets));
      case "value-saved" -> signed("SHA256withRSA", write(info, "no"));
      case "value-inclusive" ->
          signed("SHA256withRSA", canonical(info, Canonicalizer.ALGO_ID_C14N_OMIT_COMMENTS));
      case "value-encrypted" -> {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, key);
        yield cipher.doFinal(sha256(octets));
      }
      default -> signed("SHA256withRSA", octets);
    };
  }

  /** Puts own values in the place of WSS4J's. */
  private Document byHand(String mistake, Document document) throws Exception {
    Element body = find(document, "Body");
    Element info = find(document, "SignedInfo");
    // The canonicalizations of WSS4J without the prefixes that it writes.
    for (Node list = find(document, "InclusiveNamespaces"); list != null; list = find(document, "InclusiveNamespaces"))
      list.getParentNode().removeChild(list);
    String id = "#" + body.getAttributeNS(WSConstants.WSU_NS, "Id");
    for (Node node = info.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (!(node instanceof Element reference) || !reference.getLocalName().equals("Reference")) continue;
      boolean ofBody = reference.getAttribute("URI").equals(id);
      Element element = ofBody ? body : find(document, "Timestamp");
      String way = ofBody ? mistake : "good";
      Element value = (Element) reference.getElementsByTagNameNS("*", "DigestValue").item(0);
      value.setTextContent(digested(way, hashed(way, element)));
    }
    byte[] value = valued(mistake, info);
    Base64.Encoder encoder = mistake.equals("value-url") ? Base64.getUrlEncoder() : Base64.getEncoder();
    find(document, "SignatureValue").setTextContent(encoder.encodeToString(value));
    return document;
  }

  private static byte[] rewritten(String way, byte[] message) throws Exception {
    String text = new String(message, StandardCharsets.UTF_8);
    return switch (way) {
      case "rewrite-dom" -> write(parse(message), "no");
      case "rewrite-indented" -> write(parse(message), "yes");
      case "rewrite-latin1" -> new String(message, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8);
      case "rewrite-ascii" -> text.getBytes(StandardCharsets.US_ASCII);
      case "rewrite-nfd" -> Normalizer.normalize(text, Normalizer.Form.NFD).getBytes(StandardCharsets.UTF_8);
      case "rewrite-utf16" -> text.replaceFirst("^<\\?xml.*?\\?>", "").getBytes(StandardCharsets.UTF_16);
      default -> throw new IllegalArgumentException(way);
    };
  }

  private byte[] perform(String way, byte[] message) throws Exception {
    if (way.startsWith("rewrite-")) return rewritten(way, message);
    Document document = byWss4j(way, message);
    boolean own = way.startsWith("digest-") || way.startsWith("value-");
    return write(own ? byHand(way, document) : document, way.equals("indented") ? "yes" : "no");
  }

  public static void main(String[] args) throws Exception {
    WSSConfig.init();
    Sign client = new Sign(Path.of(args[0]), Path.of(args[1]));
    BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
      String[] fields = line.split("\t");
      System.out.println(Base64.getEncoder().encodeToString(client.perform(fields[0], Base64.getDecoder().decode(fields[1]))));
    }
  }
}
