package dev.cloister.agent.process;

import dev.cloister.agent.process.Pipes.Pipe;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The three pipes of a child on their way: whatever is not handed over by {@link #adopt} is closed. */
final class StandardPipes implements Closeable {
    private final List<Integer> open = new ArrayList<>();
    private final Pipe input;
    private final Pipe output;
    private final Pipe error;

    StandardPipes() throws IOException {
        try {
            input = next();
            output = next();
            error = next();
            Pipes.unblock(input.writeEnd());
            Pipes.unblock(output.readEnd());
            Pipes.unblock(error.readEnd());
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    Pipe input() {
        return input;
    }

    Pipe output() {
        return output;
    }

    Pipe error() {
        return error;
    }

    ChildProcess adopt(long pid) throws IOException {
        var standardInput = Descriptor.forWriting(take(input.writeEnd()));
        var standardOutput = Descriptor.forReading(take(output.readEnd()));
        var standardError = Descriptor.forReading(take(error.readEnd()));
        return ChildProcess.of(
                pid,
                new DescriptorOutput(standardInput),
                new DescriptorInput(standardOutput),
                new DescriptorInput(standardError));
    }

    private Pipe next() throws IOException {
        var pipe = Pipes.open();
        open.add(pipe.readEnd());
        open.add(pipe.writeEnd());
        return pipe;
    }

    private int take(int end) {
        open.remove(Integer.valueOf(end));
        return end;
    }

    @Override
    public void close() {
        open.forEach(Descriptor::closeNumber);
        open.clear();
    }
}
