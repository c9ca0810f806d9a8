package org.wanglou.correlator.stories.desk;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.time.SessionPseudoClock;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.model.Signal;

/**
 * One organisation's signals in front of the story rules: a KieSession with a clock that only ticks move. Confined to its
 * task's thread.
 */
final class StorySession implements AutoCloseable {
    /** More firings than this for one step are a rule that feeds itself. */
    private static final int FIRINGS_MAX = 100_000;

    private final KieSession session;
    private final SessionPseudoClock clock;
    private final Told told = new Told();
    private long clockMillis;

    StorySession(Knowledge knowledge) {
        KieSessionConfiguration configuration = KieServices.get().newKieSessionConfiguration();
        configuration.setOption(ClockTypeOption.PSEUDO);
        session = knowledge.stories().newKieSession(configuration, null);
        clock = session.getSessionClock();
        session.setGlobal("story", told);
        knowledge.storyFacts().forEach(session::insert);
    }

    /** Inserts in order and fires. */
    void tell(Collection<Signal> signals) {
        for (Signal signal : signals) {
            advance(signal.time());
            session.insert(signal);
        }
        fire();
    }

    /** Moves the clock, never back, and fires what it makes true. */
    void tick(long millis) {
        advance(millis);
        fire();
    }

    private void advance(long millis) {
        if (millis > clockMillis) {
            clock.advanceTime(millis - clockMillis, TimeUnit.MILLISECONDS);
            clockMillis = millis;
        }
    }

    private void fire() {
        if (session.fireAllRules(FIRINGS_MAX) >= FIRINGS_MAX) {
            throw new IllegalStateException("story rules fired " + FIRINGS_MAX + " times for one step");
        }
    }

    Told told() {
        return told;
    }

    @Override
    public void close() {
        session.dispose();
    }
}
