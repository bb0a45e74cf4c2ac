// Who a party is and whom it believes: a PKCS #12 file, CA certificates and CRLs, as WSS4J's engine asks for them.

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.util.ArrayList;
import java.util.List;
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

  /** From a folder with PARTY.p12, trust.pem, CRLs, and in known.pem who is believed without a chain. */
  Keys(Path folder, String party) throws Exception {
    CertificateFactory reader = CertificateFactory.getInstance("X.509");
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(folder.resolve(party + ".p12"))) {
      own.load(file, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (String name : List.of("trust.pem", "known.pem")) {
      if (!Files.exists(folder.resolve(name))) continue;
      try (InputStream file = Files.newInputStream(folder.resolve(name))) {
        for (Certificate certificate : reader.generateCertificates(file))
          trusted.setCertificateEntry(name + "-" + trusted.size(), certificate);
      }
    }
    List<CRL> revocations = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.crl")) {
      for (Path file : files) revocations.add(reader.generateCRL(new ByteArrayInputStream(Files.readAllBytes(file))));
    }
    crypto.setKeyStore(own);
    crypto.setTrustStore(trusted);
    crypto.setCRLCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(revocations)));
    alias = own.aliases().nextElement();
  }
}
