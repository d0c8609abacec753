import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A TLS server on Java's own library for the benchmark of verdicts, run as a single source file. Arguments: `http` (the
 * JDK's HttpsServer) or `socket` (an SSLServerSocket, which sends alerts as most containers do), the folder of its
 * files, and the protocols. Prints its port.
 */
class BenchServer {
  static Collection<? extends Certificate> certificates(Path file) throws Exception {
    return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  static PrivateKey key(Path file) throws Exception {
    byte[] der = Base64.getMimeDecoder().decode(Files.readString(file).replaceAll("-----[^-]*-----", ""));
    try {
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (Exception notThat) {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    }
  }

  static SSLContext context(Path folder) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    Certificate[] chain = certificates(folder.resolve("server.crt")).toArray(new Certificate[0]);
    own.setKeyEntry("server", key(folder.resolve("server.key")), new char[0], chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, new char[0]);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    int n = 0;
    for (Certificate ca : certificates(folder.resolve("ca.crt"))) trusted.setCertificateEntry("ca" + n++, ca);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    Path list = folder.resolve("list.crl");
    if (Files.exists(list)) {
      PKIXBuilderParameters how = new PKIXBuilderParameters(trusted, new X509CertSelector());
      var lists = CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(Files.readAllBytes(list)));
      how.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
      how.setRevocationEnabled(true);
      trust.init(new CertPathTrustManagerParameters(how));
    } else {
      trust.init(trusted);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    String[] protocols = args[2].split(",");
    SSLContext context = context(folder);
    InetAddress here = InetAddress.getByName("127.0.0.1");
    if (args[0].equals("http")) {
      HttpsServer server = HttpsServer.create(new InetSocketAddress(here, 0), 50);
      server.setHttpsConfigurator(new HttpsConfigurator(context) {
        @Override
        public void configure(HttpsParameters params) {
          SSLParameters wish = context.getDefaultSSLParameters();
          wish.setNeedClientAuth(true);
          wish.setProtocols(protocols);
          params.setSSLParameters(wish);
        }
      });
      server.createContext("/", exchange -> {
        byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, hello.length);
        exchange.getResponseBody().write(hello);
        exchange.close();
      });
      server.start();
      System.out.println(server.getAddress().getPort());
      return;
    }
    SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, here);
    server.setNeedClientAuth(true);
    server.setEnabledProtocols(protocols);
    System.out.println(server.getLocalPort());
    for (;;) {
      SSLSocket socket = (SSLSocket) server.accept();
      new Thread(() -> answer(socket)).start();
    }
  }

  static void answer(SSLSocket socket) {
    try (socket) {
      socket.setSoTimeout(5000);
      socket.startHandshake();
      byte[] request = new byte[8192];
      if (socket.getInputStream().read(request) < 0) return;
      String hello = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nhello";
      socket.getOutputStream().write(hello.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    } catch (IOException refused) {
      // The alert is sent; the next caller is waiting.
    }
  }
}
