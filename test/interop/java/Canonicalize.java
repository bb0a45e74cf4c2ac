// Canonical forms by the XML signature classes of the JDK, which share no code with libxml2.

import com.sun.org.apache.xml.internal.security.Init;
import com.sun.org.apache.xml.internal.security.c14n.Canonicalizer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.util.Base64;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Reads lines of four fields with tabs between them: the document in base64, the way to an element as the places of the
 * child elements (0.2.1; nothing for the root), the method, and the PrefixList (nothing for none). Writes a line of base64
 * for each.
 */
public final class Canonicalize {
  private Canonicalize() {}

  private static Element childAt(Element parent, int place) {
    int left = place;
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element && left-- == 0) return element;
    }
    throw new IllegalArgumentException("no child element " + place);
  }

  private static byte[] canonical(Element element, String method, String prefixes) throws Exception {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    Canonicalizer canonicalizer = Canonicalizer.getInstance(method);
    if (prefixes.isEmpty()) canonicalizer.canonicalizeSubtree(element, octets);
    else canonicalizer.canonicalizeSubtree(element, prefixes, octets);
    return octets.toByteArray();
  }

  public static void main(String[] args) throws Exception {
    Init.init();
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] fields = line.split("\t", -1);
      Document document =
          factory.newDocumentBuilder().parse(new ByteArrayInputStream(Base64.getDecoder().decode(fields[0])));
      Element element = document.getDocumentElement();
      if (!fields[1].isEmpty()) {
        for (String place : fields[1].split("\\.")) element = childAt(element, Integer.parseInt(place));
      }
      System.out.println(Base64.getEncoder().encodeToString(canonical(element, fields[2], fields[3])));
    }
  }
}
