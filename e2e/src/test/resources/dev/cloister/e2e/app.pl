#!/usr/bin/perl
# A small web application for the inside of a workspace: says what it was sent, streams, and echoes a WebSocket.
use strict;
use warnings;
use IO::Socket::INET;
use Digest::SHA qw(sha1);
use MIME::Base64;

$SIG{CHLD} = 'IGNORE';
my $port = shift // 8080;
my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 64, ReuseAddr => 1)
    or die "cannot listen: $!";
while (my $client = $listener->accept) {
    next if fork;
    serve($client);
    exit 0;
}

sub serve {
    my ($c) = @_;
    $c->autoflush(1);
    binmode $c;
    my $head = '';
    while (defined(my $line = <$c>)) {
        last if $line =~ /^\r?\n$/;
        $head .= $line;
    }
    my ($path) = $head =~ m{^\S+ (\S+)};
    return unless defined $path;
    if ($head =~ /^Sec-WebSocket-Key:\s*(\S+)/mi) {
        echo($c, $1);
    } elsif ($path eq '/stream') {
        print $c "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        for my $n (1 .. 5) {
            my $text = "data: tick $n\n\n";
            printf $c "%x\r\n%s\r\n", length $text, $text;
            select undef, undef, undef, 0.4;
        }
        print $c "0\r\n\r\n";
    } else {
        my $body = $path eq '/headers' ? $head : "hello from the workspace\n";
        printf $c "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nSet-Cookie: own=1; Path=/\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
            length $body, $body;
    }
}

# RFC 6455: short text frames only.
sub echo {
    my ($c, $key) = @_;
    my $accept = encode_base64(sha1($key . '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'), '');
    print $c "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: $accept\r\n\r\n";
    while (read($c, my $start, 2) == 2) {
        my ($first, $second) = unpack 'CC', $start;
        my $length = $second & 127;
        return if ($first & 15) == 8 || $length > 125;
        read($c, my $mask, 4) == 4 or return;
        my $data = '';
        read($c, $data, $length) == $length or return if $length;
        my $text = $data ^ substr($mask x 32, 0, $length);
        my $reply = "echo $text";
        print $c pack('CC', 0x81, length $reply), $reply;
    }
}
