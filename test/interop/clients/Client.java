import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Calls as Java's own library does, once a line of the file in the first argument. Answers one JSON line each. */
class Client {
  /** The lines are flat objects of texts, written by the test. */
  static Map<String, String> parse(String line) {
    Map<String, String> job = new HashMap<>();
    Matcher pair = Pattern.compile("\"(\\w+)\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(line);
    while (pair.find()) job.put(pair.group(1), pair.group(2));
    return job;
  }

  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) out.append(c < 32 || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : "" + c);
    return out.append('"').toString();
  }

  static String told(Throwable error) {
    String text = error.toString();
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) text += " <- " + cause;
    return text;
  }

  static String one(Map<String, String> job) {
    KeyManager[] keys = null;
    try {
      if (job.containsKey("p12")) {
        char[] passphrase = job.getOrDefault("passphrase", "").toCharArray();
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(job.get("p12")))) {
          own.load(in, passphrase);
        }
        boolean key = false;
        for (var names = own.aliases(); names.hasMoreElements(); ) key |= own.isKeyEntry(names.nextElement());
        if (!key) return "{\"loads\":false,\"text\":\"no key entry\"}";
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, passphrase);
        keys = factory.getKeyManagers();
      }
    } catch (Throwable error) {
      return "{\"loads\":false,\"text\":" + quoted(told(error)) + "}";
    }
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      int n = 0;
      byte[] ca = Files.readAllBytes(Path.of(job.get("ca")));
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(ca))) {
        trusted.setCertificateEntry("ca" + n++, one);
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust.getTrustManagers(), null);
      HttpsURLConnection call = (HttpsURLConnection) new URL(job.get("url")).openConnection();
      call.setSSLSocketFactory(context.getSocketFactory());
      call.setConnectTimeout(5000);
      call.setReadTimeout(5000);
      int status = call.getResponseCode();
      InputStream in = status < 400 ? call.getInputStream() : call.getErrorStream();
      String body = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return "{\"loads\":true,\"trusts\":true,\"status\":" + status + ",\"body\":" + quoted(body) + "}";
    } catch (Throwable error) {
      return "{\"loads\":true,\"text\":" + quoted(told(error)) + "}";
    }
  }

  public static void main(String[] args) throws Exception {
    for (String line : Files.readAllLines(Path.of(args[0]))) if (!line.isBlank()) System.out.println(one(parse(line)));
  }
}
