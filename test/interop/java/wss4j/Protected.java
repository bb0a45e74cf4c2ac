// WSS4J in the server's place: an answer protected in the layout that was recorded from the real service.
//
// The emulator's own answers are the point; these show what the readers of answers can read, and what they refuse.

import java.util.List;
import java.util.Map;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.message.WSSecEncrypt;
import org.apache.ws.security.message.WSSecHeader;
import org.apache.ws.security.message.WSSecSignatureConfirmation;
import org.apache.ws.security.message.WSSecTimestamp;
import org.w3c.dom.Document;

final class Protected {
  private static final Map<String, String> CONTENT =
      Map.of(
          "aes128-cbc", WSConstants.AES_128,
          "aes256-cbc", WSConstants.AES_256,
          "aes128-gcm", WSConstants.AES_128_GCM,
          "aes256-gcm", WSConstants.AES_256_GCM);
  private static final Map<String, String> TRANSPORT =
      Map.of("oaep", WSConstants.KEYTRANSPORT_RSAOEP, "rsa15", WSConstants.KEYTRANSPORT_RSA15);

  private Protected() {}

  /** Takes the Security header off an answer and signs it anew, with a confirmation of a request's SignatureValue. */
  static void sign(Document answer, Keys server, byte[] confirmed) throws Exception {
    Xml.header(answer).removeChild(Xml.security(answer));
    Xml.body(answer).removeAttributeNS(WSConstants.WSU_NS, "Id");
    WSSecHeader header = new WSSecHeader();
    header.insertSecurityHeader(answer);
    // Each comes before the one before it: the recorded order is Signature, Timestamp, SignatureConfirmation.
    WSSecSignatureConfirmation confirmation = new WSSecSignatureConfirmation();
    confirmation.build(answer, confirmed, header);
    WSSecTimestamp timestamp = new WSSecTimestamp();
    timestamp.setTimeToLive(60);
    timestamp.build(answer, header);
    Request.sign(
        answer,
        header,
        server,
        WSConstants.BST_DIRECT_REFERENCE,
        false,
        List.of(
            Request.part(WSConstants.WSU_NS, "Timestamp"),
            Request.part(Xml.SOAP, "Body"),
            Request.part(WSConstants.WSSE11_NS, "SignatureConfirmation")));
  }

  /** Encrypts the content of the Body to the client's certificate, which it names by issuer and serial number. */
  static void encrypt(Document answer, Keys client, String content, String transport) throws Exception {
    WSSecHeader header = new WSSecHeader();
    header.insertSecurityHeader(answer);
    WSSecEncrypt encryption = new WSSecEncrypt();
    encryption.setUserInfo(client.alias);
    encryption.setKeyIdentifierType(WSConstants.ISSUER_SERIAL);
    encryption.setSymmetricEncAlgorithm(CONTENT.get(content));
    encryption.setKeyEncAlgo(TRANSPORT.get(transport));
    encryption.build(answer, client.crypto, header);
  }
}
