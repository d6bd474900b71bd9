package dev.cloister.provisioner.terraform.provider;

import dev.cloister.provisioner.terraform.provider.WireMessage.Received;
import dev.cloister.provisioner.terraform.provider.WireMessage.Sent;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The provider's calls under the names that Terraform has for them in version 6 of its protocol. */
final class ProviderService {
    private static final String NAME = "tfplugin6.Provider";
    private static final Logger LOG = LoggerFactory.getLogger(ProviderService.class);

    private ProviderService() {}

    private interface Call {
        Sent answer(Received request) throws IOException;
    }

    static ServerServiceDefinition of(ProviderCalls calls) {
        var service = ServerServiceDefinition.builder(NAME);
        add(service, "GetProviderSchema", calls::schema);
        add(service, "ValidateProviderConfig", calls::validateProvider);
        add(service, "ConfigureProvider", calls::configure);
        add(service, "ValidateResourceConfig", calls::validateResource);
        add(service, "ValidateDataResourceConfig", calls::validateDataSource);
        add(service, "UpgradeResourceState", calls::upgrade);
        add(service, "ReadResource", calls::read);
        add(service, "PlanResourceChange", calls::plan);
        add(service, "ApplyResourceChange", calls::apply);
        add(service, "ReadDataSource", calls::readDataSource);
        add(service, "StopProvider", calls::stop);
        return service.build();
    }

    private static void add(ServerServiceDefinition.Builder service, String name, Call call) {
        var method = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name))
                .setRequestMarshaller(Bytes.PLAIN)
                .setResponseMarshaller(Bytes.PLAIN)
                .build();
        service.addMethod(
                method, ServerCalls.asyncUnaryCall((request, observer) -> answer(name, call, request, observer)));
    }

    private static void answer(String name, Call call, byte[] request, StreamObserver<byte[]> observer) {
        byte[] answer;
        try {
            answer = call.answer(Received.read(request)).toBytes();
        } catch (IOException e) {
            observer.onError(
                    Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
            return;
        } catch (RuntimeException e) {
            LOG.error("Terraform's call {} failed", name, e);
            observer.onError(Status.INTERNAL
                    .withDescription("the provider failed at " + name + "; look into the server's log")
                    .asRuntimeException());
            return;
        }
        observer.onNext(answer);
        observer.onCompleted();
    }

    /** Messages as they are. */
    private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
        PLAIN;

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
