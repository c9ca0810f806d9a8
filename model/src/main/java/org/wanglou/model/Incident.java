package org.wanglou.model;

import java.util.List;
import java.util.Map;

/**
 * The story that signals about the same organisation's assets make together (安全事件), with category, proposed grades
 * and the reasons. One value is one whole revision; a change is revision n+1.
 *
 * @param id 32 hex digits: SM3(story key, id of the event that opened it), assigned once
 * @param storyKey canonical JSON array [rule, organisation, key…]
 * @param opened event time of the first signal, milliseconds UTC
 * @param updated event time of the latest change
 * @param title operator-facing, zh-CN
 * @param severity the highest level among its signals
 * @param category GB/T 20986-2023
 * @param grades machine proposals, one for each scheme
 * @param confidence 0–100
 * @param organization organisation id
 * @param organizationName its name at that revision
 * @param assets assets concerned, with the protection level that was used
 * @param actors acting addresses or accounts, at most 64
 * @param stages ATT&CK tactics in order of time, such as {@code credential-access}
 * @param signals the signals, summarised, each with evidence ids
 * @param impact what was hit
 * @param explanation why category and grades are what they are
 * @param references digests of rules, tables and registry that were in force
 * @param playbook id of the playbook to run, empty if none
 * @param fingerprint SM3 over canonical JSON of what must be equal in replay and live (DESIGN 2.4)
 */
public record Incident(
        String id,
        String storyKey,
        int revision,
        Status status,
        long opened,
        long updated,
        String title,
        Level severity,
        Category category,
        List<Grade> grades,
        int confidence,
        String organization,
        String organizationName,
        List<AssetRef> assets,
        List<String> actors,
        List<String> stages,
        List<SignalRef> signals,
        Impact impact,
        List<Reason> explanation,
        Map<String, String> references,
        String playbook,
        String fingerprint) {
    public Incident {
        grades = List.copyOf(grades);
        assets = List.copyOf(assets);
        actors = List.copyOf(actors);
        stages = List.copyOf(stages);
        signals = List.copyOf(signals);
        explanation = List.copyOf(explanation);
        references = Map.copyOf(references);
    }

    /** Open: may still change. Settled: final. Retracted: taken back by a late event. */
    public enum Status {
        OPEN,
        SETTLED,
        RETRACTED
    }

    /** An asset concerned: id, name, protection level 1–5 or 0 when unknown. */
    public record AssetRef(String id, String name, int protectionLevel) {}

    /** A signal in summary. {@code count}, {@code first} and {@code last} are its evidence's. */
    public record SignalRef(
            String id,
            String ruleId,
            String title,
            Level level,
            String key,
            long first,
            long last,
            long count,
            List<String> eventIds,
            Signal.Status status) {
        public SignalRef {
            eventIds = List.copyOf(eventIds);
        }
    }

    /**
     * What was hit. {@code persons} is -1 when unknown.
     *
     * @param assets number of assets
     * @param persons persons whose data are concerned
     * @param dataClass such as {@code personal}; empty when none
     * @param hours outage in hours, 0 when none
     * @param outcome attempt, success or spread
     */
    public record Impact(int assets, long persons, String dataClass, double hours, String outcome) {}

    /**
     * One step of the explanation.
     *
     * @param fact what was seen, zh-CN
     * @param basis rule id or table row, such as {@code gbt20986-2023#14}
     * @param clause the standard's clause, empty for own rules
     * @param effect what follows from it, zh-CN
     * @param verified false when the row is 待核
     */
    public record Reason(String fact, String basis, String clause, String effect, boolean verified) {}
}
