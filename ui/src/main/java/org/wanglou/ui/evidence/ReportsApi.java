package org.wanglou.ui.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.api.ReportSource;
import org.wanglou.ui.api.ReportSource.Entry;
import org.wanglou.ui.http.Body;
import org.wanglou.ui.http.Problem;
import org.wanglou.ui.session.AuditTrail;

/** Reports of the units an account sees. Making one reads much, so one is made at a time. Thread-safe. */
public final class ReportsApi {
    private static final long LONGEST_MILLIS = 400L * 86_400_000;

    private final Optional<ReportSource> source;
    private final AuditTrail trail;
    private final Semaphore making = new Semaphore(1);

    public ReportsApi(Optional<ReportSource> source, AuditTrail trail) {
        this.source = source;
        this.trail = trail;
    }

    record Unit(String id, String name) {}

    record View(
            String id,
            String kind,
            Unit organization,
            long from,
            long to,
            long madeAt,
            String madeBy,
            String sm3,
            boolean sealed) {
        static View of(Entry entry) {
            return new View(
                    entry.id(),
                    entry.kind(),
                    new Unit(entry.organization(), entry.organizationName()),
                    entry.from(),
                    entry.to(),
                    entry.madeAt(),
                    entry.madeBy(),
                    entry.sm3(),
                    entry.sealed());
        }
    }

    private ReportSource source() {
        return source.orElseThrow(() -> Problem.of(404, "no-reports"));
    }

    private static boolean sees(Call call, String organization) {
        return organization.isEmpty() ? call.visible().whole() : call.visible().sees(organization);
    }

    private Entry seen(Call call) {
        return source().entry(call.path("id"))
                .filter(entry -> sees(call, entry.organization()))
                .orElseThrow(Problem::notFound);
    }

    public void list(Call call) {
        call.reply(source().list().stream()
                .filter(entry -> sees(call, entry.organization()))
                .map(View::of)
                .toList());
    }

    private record Wanted(String organization, long from, long to) {
        static Wanted of(Call call, Body body) {
            String asked = body.text("organization", 64);
            String organization = asked.isEmpty() ? call.visible().root() : asked;
            if (organization.isEmpty()
                    ? !call.visible().whole()
                    : call.visible().units(organization).isEmpty()) {
                throw Problem.field("/organization", "field.organization");
            }
            long from = body.number("from", 0);
            long to = body.number("to", 0);
            if (from <= 0 || to <= from || to - from > LONGEST_MILLIS) {
                throw Problem.field("/to", "field.period");
            }
            return new Wanted(organization, from, to);
        }
    }

    public void make(Call call) {
        ReportSource reports = source();
        Body body = call.body();
        String kind = body.required("kind", 32);
        if (!kind.equals("period")) {
            throw Problem.field("/kind", "field.word");
        }
        Wanted wanted = Wanted.of(call, body);
        one(() -> call.reply(
                201,
                View.of(reports.make(
                        kind,
                        wanted.organization(),
                        wanted.from(),
                        wanted.to(),
                        call.account().name()))));
    }

    public void preview(Call call) {
        ReportSource reports = source();
        Wanted wanted = Wanted.of(call, call.body());
        one(() -> call.text("application/json", reports.preview(wanted.organization(), wanted.from(), wanted.to())));
    }

    private void one(Runnable work) {
        if (!making.tryAcquire()) {
            throw Problem.of(503, "busy");
        }
        try {
            work.run();
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(Optional.ofNullable(e.getMessage()).orElse("invalid"));
        } finally {
            making.release();
        }
    }

    public void document(Call call) {
        byte[] json = source().json(seen(call).id()).orElseThrow(Problem::notFound);
        call.text("application/json", new String(json, StandardCharsets.UTF_8));
    }

    public void pdf(Call call) {
        Entry entry = seen(call);
        byte[] pdf = source().pdf(entry.id()).orElseThrow(Problem::notFound);
        trail.did(call, "export.report", "report", entry.id(), Map.of("form", "pdf"));
        call.file("application/pdf", "report-" + entry.id() + ".pdf", pdf);
    }

    public void signature(Call call) {
        Entry entry = seen(call);
        String signature = source().signature(entry.id()).orElseThrow(Problem::notFound);
        call.file(
                "text/plain; charset=utf-8",
                "report-" + entry.id() + ".sig",
                signature.getBytes(StandardCharsets.UTF_8));
    }
}
