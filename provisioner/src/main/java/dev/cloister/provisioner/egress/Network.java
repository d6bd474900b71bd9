package dev.cloister.provisioner.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** A range of addresses, such as {@code 10.0.0.0/8}. */
record Network(InetAddress base, int prefix) {
    /** @throws IllegalArgumentException for anything that is not an address literal and a prefix length */
    static Network parse(String text) {
        var slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        try {
            var literal = HostName.parse(address.contains(":") ? "[" + address + "]" : address)
                    .filter(HostName::literal)
                    .orElseThrow(() -> new IllegalArgumentException(text + " is not a network such as 10.0.0.0/8"));
            var base = InetAddress.getByName(literal.text());
            var bits = base.getAddress().length * 8;
            var prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            if (prefix < 0 || prefix > bits) {
                throw new IllegalArgumentException(text + " has an impossible prefix length");
            }
            return new Network(base, prefix);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException(text + " is not a network such as 10.0.0.0/8", e);
        }
    }

    boolean contains(InetAddress address) {
        var ours = base.getAddress();
        var theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        var whole = prefix / 8;
        if (!Arrays.equals(ours, 0, whole, theirs, 0, whole)) {
            return false;
        }
        var rest = prefix % 8;
        return rest == 0 || ((ours[whole] ^ theirs[whole]) & 0xff) >> (8 - rest) == 0;
    }
}
