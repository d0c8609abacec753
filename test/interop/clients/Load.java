import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collections;

/** Loads the bundles of a list (path, tab, passphrase), one `ok` with the number of keys or a reason a line. */
public class Load {
  public static void main(String[] args) throws Exception {
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] parts = line.split("\t", -1);
      try (InputStream in = new FileInputStream(parts[0])) {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(in, parts[1].toCharArray());
        int keys = 0;
        for (String alias : Collections.list(store.aliases())) {
          if (store.getKey(alias, parts[1].toCharArray()) != null) keys++;
        }
        System.out.println("ok " + keys);
      } catch (Exception problem) {
        System.out.println("no: " + problem.getMessage());
      }
    }
  }
}
