package org.wanglou.sensors.format.conformance;

import java.io.IOException;
import java.nio.file.Path;

/** Runs every set and prints the table; with an argument, what missed too. */
public final class Conformance {
    private Conformance() {}

    static Tally run(Path data) throws IOException {
        Tally tally = new Tally();
        Compare compare = new Compare();
        BeatsSet.run(data, tally, compare);
        OtherSets.chinese(data, tally, compare);
        OtherSets.ossec(data, tally, compare);
        OtherSets.loghub(data, tally, compare);
        OtherSets.secops(data, tally, compare);
        TelegrafSet.run(data, tally, compare);
        Recognised.rules(data, tally);
        Recognised.simulations(data, tally);
        Recognised.zeek(data, tally);
        Recognised.weblog(data, tally);
        return tally;
    }

    public static void main(String[] arguments) throws IOException {
        Path data = Inputs.data();
        if (data == null) {
            System.out.println("skipped: no conformance data beside the project (../shared/data)");
            return;
        }
        Tally tally = run(data);
        System.out.println(tally.markdown());
        if (arguments.length > 0) {
            System.out.println(tally.details());
        }
    }
}
