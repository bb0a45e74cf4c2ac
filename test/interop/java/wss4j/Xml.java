// Messages as DOM trees, in and out, and the places in them that WS-Security is about.

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.ws.security.WSConstants;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

final class Xml {
  static final String SOAP = WSConstants.URI_SOAP11_ENV;
  static final String MESSAGES = "http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1";

  private static final DocumentBuilderFactory PARSERS = DocumentBuilderFactory.newInstance();
  private static final TransformerFactory WRITERS = TransformerFactory.newInstance();

  static {
    PARSERS.setNamespaceAware(true);
  }

  private Xml() {}

  static Document empty() throws Exception {
    return PARSERS.newDocumentBuilder().newDocument();
  }

  static Document parse(byte[] bytes) throws Exception {
    return PARSERS.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
  }

  static byte[] write(Document document) throws Exception {
    Transformer writer = WRITERS.newTransformer();
    writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.transform(new DOMSource(document), new StreamResult(bytes));
    return bytes.toByteArray();
  }

  static Element append(Node parent, String namespace, String name) {
    Document document = parent instanceof Document ? (Document) parent : parent.getOwnerDocument();
    return (Element) parent.appendChild(document.createElementNS(namespace, name));
  }

  /** The only child of that name; null when there is none. */
  static Element child(Node parent, String namespace, String name) {
    Element found = null;
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (!name.equals(node.getLocalName()) || !namespace.equals(node.getNamespaceURI())) continue;
      if (found != null) throw new IllegalArgumentException("two elements " + name);
      found = (Element) node;
    }
    return found;
  }

  static Element header(Document message) {
    return part(message, "Header");
  }

  static Element body(Document message) {
    return part(message, "Body");
  }

  /** Of either SOAP version. */
  private static Element part(Document message, String name) {
    Element envelope = message.getDocumentElement();
    return child(envelope, envelope.getNamespaceURI(), name);
  }

  /** Null when the message has no Security header. */
  static Element security(Document message) {
    Element header = header(message);
    return header == null ? null : child(header, WSConstants.WSSE_NS, WSConstants.WSSE_LN);
  }
}
