package dev.cloister.provisioner.terraform.provider;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import tools.jackson.databind.json.JsonMapper;

/**
 * The provider's socket for one run. Nobody proves who they are on it, so that the directory it lies in must belong to
 * the run alone: whoever reaches it gets what the template could ask.
 */
public final class ProviderEndpoint implements AutoCloseable {
    /** As the kernel bounds paths of sockets, without the ending zero. */
    private static final int LONGEST_PATH = 107;

    private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;

    /** Kept as a field, or the logger and its level would be collected. It warns once for each connection. */
    private static final java.util.logging.Logger LIBRARY = java.util.logging.Logger.getLogger("io.netty.bootstrap");

    static {
        LIBRARY.setLevel(Level.SEVERE);
    }

    private final Path socket;
    private final Server server;
    private final ExecutorService executor;
    private final EventLoopGroup loops;

    private ProviderEndpoint(Path socket, Server server, ExecutorService executor, EventLoopGroup loops) {
        this.socket = socket;
        this.server = server;
        this.executor = executor;
        this.loops = loops;
    }

    /**
     * Begins to answer.
     *
     * @param directory that nobody but this process and the run can enter
     * @param issued told of each token that an agent gets, before anybody else knows it
     * @throws IOException when the socket cannot be made
     */
    public static ProviderEndpoint open(Path directory, BuildFacts facts, Consumer<String> issued) throws IOException {
        Path socket = directory.resolve("p.sock");
        if (socket.toString().length() > LONGEST_PATH) {
            throw new IOException("the path of the socket " + socket + " is too long; use a shorter data directory");
        }
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        var loops = new NioEventLoopGroup(
                1, Thread.ofPlatform().daemon().name("terraform-provider").factory());
        try {
            var server = NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                    .channelType(NioServerDomainSocketChannel.class)
                    .bossEventLoopGroup(loops)
                    .workerEventLoopGroup(loops)
                    .executor(executor)
                    .maxInboundMessageSize(LARGEST_MESSAGE)
                    .addService(ProviderService.of(new ProviderCalls(facts, issued)))
                    .build()
                    .start();
            return new ProviderEndpoint(socket, server, executor, loops);
        } catch (IOException | RuntimeException e) {
            executor.close();
            loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            throw e;
        }
    }

    /**
     * What {@code TF_REATTACH_PROVIDERS} must say, with a process id that is alive as long as Terraform is: Terraform
     * watches it, and some releases end it when they cannot connect, so that it should be Terraform's own.
     *
     * @param pid a number, or what a shell will put one in place of
     */
    public String reattachment(String pid) {
        String path = JsonMapper.shared().writeValueAsString(socket.toString());
        String entry = "{\"Protocol\":\"grpc\",\"ProtocolVersion\":6,\"Pid\":" + pid
                + ",\"Test\":true,\"Addr\":{\"Network\":\"unix\",\"String\":" + path + "}}";
        return "{\"registry.terraform.io/coder/coder\":" + entry + ",\"registry.opentofu.org/coder/coder\":" + entry
                + "}";
    }

    @Override
    public void close() {
        server.shutdownNow();
        executor.shutdownNow();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            // The directory it lies in is removed after the run in any case.
            return;
        }
    }
}
