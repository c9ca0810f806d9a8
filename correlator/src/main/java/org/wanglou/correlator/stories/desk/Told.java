package org.wanglou.correlator.stories.desk;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wanglou.correlator.stories.incident.Telling;
import org.wanglou.model.Signal;
import org.wanglou.model.judgement.GradeQuestion;
import org.wanglou.model.judgement.GradeRow;
import org.wanglou.model.judgement.StoryVerbs;

/**
 * Collects what story rules say while they fire, as a set: said twice or in another order it is the same. Confined to its
 * task's thread.
 */
final class Told implements StoryVerbs {
    /** The order of facts and of a story's signals. */
    static final Comparator<Signal> ORDER =
            Comparator.comparingLong(Signal::time).thenComparing(Signal::id);

    /** Names a story within its organisation. */
    record Place(String rule, String key) {}

    private record Word(int outcome, boolean extend, String title, String category) {
        static final Comparator<Word> LOUDNESS = Comparator.comparingInt(Word::outcome)
                .thenComparing(Word::extend)
                .thenComparing(Word::title)
                .thenComparing(Word::category);
    }

    private static final class Story {
        private final Map<String, Signal> signals = new TreeMap<>();
        private Word loudest = new Word(-1, false, "", "");
        private String playbook = "";
        private boolean emitted;
        private boolean suppressed;
    }

    private static final List<String> OUTCOMES = List.of("attempt", "success", "spread");

    private final Map<Place, Story> stories = new LinkedHashMap<>();

    @Override
    public void emit(
            String rule,
            String key,
            Collection<Signal> signals,
            String title,
            String outcome,
            String category,
            String playbook) {
        Story story = say(rule, key, signals, new Word(rank(outcome), false, title, category));
        story.emitted = true;
        story.playbook = playbook.compareTo(story.playbook) > 0 ? playbook : story.playbook;
    }

    @Override
    public void extend(
            String rule, String key, Collection<Signal> signals, String title, String outcome, String category) {
        say(rule, key, signals, new Word(rank(outcome), true, title, category));
    }

    @Override
    public void suppress(String rule, String key, String reason) {
        stories.computeIfAbsent(new Place(rule, key), place -> new Story()).suppressed = true;
    }

    @Override
    public void judge(GradeQuestion question, GradeRow row, String basis, boolean counts) {
        throw new UnsupportedOperationException("judge is a word of the shipped grading, not of a story");
    }

    private Story say(String rule, String key, Collection<Signal> signals, Word word) {
        Story story = stories.computeIfAbsent(new Place(rule, key), place -> new Story());
        signals.forEach(signal -> story.signals.put(signal.id(), signal));
        if (Word.LOUDNESS.compare(word, story.loudest) > 0) {
            story.loudest = word;
        }
        return story;
    }

    private static int rank(String outcome) {
        return Math.max(0, OUTCOMES.indexOf(outcome));
    }

    /** The stories that stand: emitted, and not suppressed. */
    Map<Place, Telling> standing() {
        Map<Place, Telling> standing = new LinkedHashMap<>();
        stories.forEach((place, story) -> {
            if (story.emitted && !story.suppressed && !story.signals.isEmpty()) {
                standing.put(
                        place,
                        new Telling(
                                place.rule,
                                place.key,
                                story.signals.values().stream().sorted(ORDER).toList(),
                                story.loudest.title(),
                                OUTCOMES.get(story.loudest.outcome()),
                                story.loudest.category(),
                                story.playbook));
            }
        });
        return standing;
    }
}
