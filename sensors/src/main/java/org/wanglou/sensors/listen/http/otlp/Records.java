package org.wanglou.sensors.listen.http.otlp;

/** Takes the records of a request one after another. */
interface Records {
    void take(Around around, LogRecord record) throws InterruptedException;

    /** A record that cannot be read or is longer than a payload may be. */
    void reject(String why);
}
