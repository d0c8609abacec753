import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Judges paths by Java's PKIX: one folder an argument, with leaf, pile, roots and lists in it; prints a line for each. */
public class PathJudge {
  public static void main(String[] folders) throws Exception {
    for (String folder : folders) System.out.println(judge(Path.of(folder)));
  }

  static String judge(Path folder) throws Exception {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      X509Certificate leaf = (X509Certificate) factory.generateCertificate(read(folder, "leaf.pem"));
      List<Object> pile = new ArrayList<>(factory.generateCertificates(read(folder, "pile.pem")));
      pile.add(leaf);
      Set<TrustAnchor> anchors = new HashSet<>();
      for (Object root : factory.generateCertificates(read(folder, "roots.pem"))) {
        anchors.add(new TrustAnchor((X509Certificate) root, null));
      }
      pile.addAll(factory.generateCRLs(read(folder, "crls.pem")));
      List<String> asked = Arrays.asList(Files.readString(folder.resolve("asked")).split(" "));
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(leaf);
      if (asked.get(1).equals("client")) target.setExtendedKeyUsage(Set.of("1.3.6.1.5.5.7.3.2"));
      if (asked.get(1).equals("server")) target.setExtendedKeyUsage(Set.of("1.3.6.1.5.5.7.3.1"));
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
      parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(pile)));
      parameters.setDate(Date.from(Instant.parse(asked.get(0))));
      parameters.setMaxPathLength(10);
      CertPathBuilder builder = CertPathBuilder.getInstance("PKIX");
      parameters.setRevocationEnabled(asked.get(2).equals("all"));
      if (asked.get(2).equals("all")) {
        PKIXRevocationChecker checker = (PKIXRevocationChecker) builder.getRevocationChecker();
        checker.setOptions(EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
        parameters.addCertPathChecker(checker);
      }
      builder.build(parameters);
      return "ok";
    } catch (Exception refused) {
      return "no " + refused.getClass().getSimpleName() + " " + String.valueOf(refused.getMessage()).replace('\n', ' ');
    }
  }

  static ByteArrayInputStream read(Path folder, String name) throws Exception {
    return new ByteArrayInputStream(Files.readAllBytes(folder.resolve(name)));
  }
}
