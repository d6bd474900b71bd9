package dev.cloister.agent.stream;

import dev.cloister.contract.agent.ListeningPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The TCP ports of the workspace's network on which something listens, as Linux tells them in {@code /proc/net}, with
 * the processes that hold them where those are of the same account.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_net.5.html">proc_net(5)</a>
 */
public final class ListeningSockets {
    private static final String LISTENING = "0A";
    private static final int MOST_PORTS = 1000;
    private static final int MOST_PROCESSES = 4000;
    private static final int MOST_FILES = 4000;
    private static final int LONGEST_NAME = 64;

    private final Path proc;
    private final int own;

    /** @param own the agent's own port, which is nobody's application; 0 for none */
    public ListeningSockets(Path proc, int own) {
        this.proc = proc;
        this.own = own;
    }

    /** In the order of ports. */
    List<ListeningPort> ports() {
        Map<Integer, String> sockets = new TreeMap<>();
        read("tcp", sockets);
        read("tcp6", sockets);
        Map<String, String> names = names(sockets);
        return sockets.entrySet().stream()
                .map(entry -> ListeningPort.newBuilder()
                        .setPort(entry.getKey())
                        .setProcessName(names.getOrDefault(entry.getValue(), ""))
                        .build())
                .toList();
    }

    /** Ports with the inodes of their sockets. */
    private void read(String table, Map<Integer, String> sockets) {
        try (var lines = Files.lines(proc.resolve("net").resolve(table), StandardCharsets.ISO_8859_1)) {
            lines.skip(1).map(line -> line.strip().split("\\s+")).forEach(fields -> {
                if (fields.length > 9 && fields[3].equals(LISTENING) && sockets.size() < MOST_PORTS) {
                    int port = Integer.parseInt(fields[1].substring(fields[1].lastIndexOf(':') + 1), 16);
                    if (port != own) {
                        sockets.putIfAbsent(port, fields[9]);
                    }
                }
            });
        } catch (IOException | java.io.UncheckedIOException | NumberFormatException e) {
            // A kernel without IPv6 has no such table.
            return;
        }
    }

    private Map<String, String> names(Map<Integer, String> sockets) {
        var names = new HashMap<String, String>();
        var wanted = new HashMap<String, String>();
        sockets.values().forEach(inode -> wanted.put("socket:[" + inode + "]", inode));
        int seen = 0;
        try (var processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (++seen > MOST_PROCESSES || names.size() == wanted.size()) {
                    break;
                }
                find(process, wanted, names);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return names;
        }
        return names;
    }

    private static void find(Path process, Map<String, String> wanted, Map<String, String> names) {
        int seen = 0;
        try (var files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (++seen > MOST_FILES) {
                    return;
                }
                String inode = wanted.get(target(file));
                if (inode != null && !names.containsKey(inode)) {
                    names.put(inode, name(process));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Ended meanwhile, or of another account.
            return;
        }
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String name(Path process) throws IOException {
        String name = Files.readString(process.resolve("comm"), StandardCharsets.ISO_8859_1)
                .strip();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
