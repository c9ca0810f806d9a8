package org.wanglou.ui.api;

/** Answers one kind of request whose sender may send it. Thread-safe. */
@FunctionalInterface
public interface Endpoint {
    void answer(Call call) throws Exception;
}
