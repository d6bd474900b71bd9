package dev.cloister.provisioner.terraform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What of a template depends on what, as {@code terraform graph} draws it. Nodes are called by the address of their
 * resource without any index: all instances of a resource are one node.
 */
final class Graph {
    private static final Pattern NODE = Pattern.compile("\\s*\"\\[root\\] (.*)\" \\[label = \"(.*?)\",.*");
    private static final Pattern EDGE = Pattern.compile("\\s*\"\\[root\\] (.*)\" -> \"\\[root\\] (.*)\"\\s*");
    private static final Pattern INDEX = Pattern.compile("\\[(\"(?:[^\"\\\\]|\\\\.)*\"|\\d+)\\]");

    /** Labels by the names that edges use. */
    private final Map<String, String> labels = new HashMap<>();

    private final Map<String, List<String>> above = new HashMap<>();
    private final Map<String, List<String>> below = new HashMap<>();

    private Graph() {}

    static Graph parse(String dot) {
        var graph = new Graph();
        for (String line : dot.lines().toList()) {
            var edge = EDGE.matcher(line);
            if (edge.matches()) {
                graph.below
                        .computeIfAbsent(edge.group(1), name -> new ArrayList<>())
                        .add(edge.group(2));
                graph.above
                        .computeIfAbsent(edge.group(2), name -> new ArrayList<>())
                        .add(edge.group(1));
                continue;
            }
            var node = NODE.matcher(line);
            if (node.matches()) {
                graph.labels.put(node.group(1), node.group(2));
            }
        }
        return graph;
    }

    /** The address of a resource without the indexes of its instances. */
    static String label(String address) {
        return INDEX.matcher(address).replaceAll("");
    }

    /** Of what depends on a resource, the nearest that is wanted; of several as near, the first of the alphabet. */
    Optional<String> nearestAbove(String label, Predicate<String> wanted) {
        return nearest(label, above, wanted);
    }

    /** Of what a resource depends on, the nearest that is wanted. */
    Optional<String> nearestBelow(String label, Predicate<String> wanted) {
        return nearest(label, below, wanted);
    }

    private Optional<String> nearest(String label, Map<String, List<String>> edges, Predicate<String> wanted) {
        Set<String> seen = new HashSet<>();
        var layer = new ArrayDeque<String>();
        labels.forEach((name, of) -> {
            if (of.equals(label)) {
                layer.add(name);
            }
        });
        seen.addAll(layer);
        while (!layer.isEmpty()) {
            var next = new ArrayList<String>();
            for (String name : layer) {
                for (String neighbour : edges.getOrDefault(name, List.of())) {
                    if (seen.add(neighbour)) {
                        next.add(neighbour);
                    }
                }
            }
            var found = next.stream()
                    .map(name -> labels.getOrDefault(name, ""))
                    .filter(wanted)
                    .min(Comparator.naturalOrder());
            if (found.isPresent()) {
                return found;
            }
            layer.clear();
            layer.addAll(next);
        }
        return Optional.empty();
    }
}
