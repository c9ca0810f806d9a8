package org.wanglou.ui.live;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.wanglou.ui.api.Call;

/**
 * One browser that listens. What is offered waits in a queue of {@value #QUEUE_BYTES} bytes until the connection takes it; nobody waits
 * for the connection. A client whose queue is full has lost count: it is told to begin anew and let go. Thread-safe.
 */
final class Client implements WriteListener, AsyncListener {
    static final int QUEUE_BYTES = 256 * 1024;

    private final Call call;
    private final Predicate<String> sees;
    private final long lastSeen;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final ServletOutputStream out;
    private final Consumer<Client> gone;
    private final Deque<byte[]> queue = new ArrayDeque<>();
    private int queued;
    private boolean open;
    private boolean unflushed;
    private boolean ending;
    private boolean ended;

    /**
     * @param sees whether a unit's changes are this client's to know
     * @param lastSeen seq it has, -1 when it begins now
     * @param gone is told once when the connection has ended
     */
    Client(Call call, Predicate<String> sees, long lastSeen, Consumer<Client> gone) throws IOException {
        this.call = call;
        this.sees = sees;
        this.lastSeen = lastSeen;
        this.gone = gone;
        this.out = call.http().res().getOutputStream();
    }

    /** Begins to write, in the exchange that the server has made asynchronous; done when the stream has ended. */
    CompletableFuture<Void> begin() {
        call.http().req().getAsyncContext().addListener(this);
        out.setWriteListener(this);
        return end;
    }

    Call call() {
        return call;
    }

    boolean sees(String organization) {
        return sees.test(organization);
    }

    long lastSeen() {
        return lastSeen;
    }

    /** Queues a piece of the stream; false when the client is too slow and was told to begin anew. */
    boolean offer(String piece) {
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        boolean kept;
        synchronized (this) {
            if (ending) {
                return true;
            }
            kept = queued + bytes.length <= QUEUE_BYTES;
            if (kept) {
                queue.add(bytes);
                queued += bytes.length;
            } else {
                queue.clear();
                queued = 0;
                queue.add(Stream.RESET.getBytes(StandardCharsets.UTF_8));
                ending = true;
            }
        }
        pump();
        return kept;
    }

    /** Ends the stream once what is queued is written. */
    void end() {
        synchronized (this) {
            ending = true;
        }
        pump();
    }

    @Override
    public void onWritePossible() {
        synchronized (this) {
            open = true;
        }
        pump();
    }

    /** Writes while the connection takes it. The server calls {@link #onWritePossible} when it does so again. */
    private void pump() {
        boolean complete = false;
        synchronized (this) {
            if (!open || ended) {
                return;
            }
            try {
                while (out.isReady()) {
                    byte[] next = queue.poll();
                    if (next != null) {
                        queued -= next.length;
                        out.write(next);
                        unflushed = true;
                    } else if (unflushed) {
                        unflushed = false;
                        out.flush();
                    } else {
                        complete = ending;
                        break;
                    }
                }
            } catch (IOException | IllegalStateException e) {
                complete = true;
            }
            ended = complete;
        }
        if (complete) {
            finish();
        }
    }

    private void finish() {
        gone.accept(this);
        end.complete(null);
    }

    @Override
    public void onError(Throwable thrown) {
        drop();
    }

    private void drop() {
        boolean first;
        synchronized (this) {
            first = !ended;
            ended = true;
            ending = true;
            queue.clear();
        }
        if (first) {
            finish();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        synchronized (this) {
            ended = true;
            ending = true;
        }
        gone.accept(this);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        drop();
    }

    @Override
    public void onError(AsyncEvent event) {
        drop();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nothing begins anew here.
    }
}
