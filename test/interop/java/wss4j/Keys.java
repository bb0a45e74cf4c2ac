// Who a party is and whom it believes: a PKCS #12 file and CA certificates, as WSS4J's engine asks for them.

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import org.apache.ws.security.WSPasswordCallback;
import org.apache.ws.security.components.crypto.Merlin;

final class Keys {
  static final String PASSWORD = "changeit";

  final Merlin crypto = new Merlin();
  /** The name of the only key. */
  final String alias;
  /** Hands out the password of the key, which WSS4J asks for when it decrypts. */
  final CallbackHandler passwords =
      callbacks -> {
        for (Callback callback : callbacks) ((WSPasswordCallback) callback).setPassword(PASSWORD);
      };

  Keys(Path keys, Path authorities) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keys)) {
      own.load(file, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream file = Files.newInputStream(authorities)) {
      for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(file))
        trusted.setCertificateEntry("authority-" + trusted.size(), authority);
    }
    crypto.setKeyStore(own);
    crypto.setTrustStore(trusted);
    alias = own.aliases().nextElement();
  }
}
