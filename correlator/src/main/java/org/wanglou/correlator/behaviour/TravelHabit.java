package org.wanglou.correlator.behaviour;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wanglou.rules.behaviour.BehaviourRule;

/**
 * Two places one after the other, too far apart for the time between. A place is an ECS geo_point: {@code "lat,lon"} or
 * {@code {"lat":…,"lon":…}}. Distance along the great circle (haversine, mean radius 6,371 km).
 */
final class TravelHabit implements Habit {
    private static final double RADIUS = 6_371;
    private static final Pattern PAIR = Pattern.compile("\\s*(-?[0-9.]{1,12})\\s*,\\s*(-?[0-9.]{1,12})\\s*");
    private static final Pattern LATITUDE = Pattern.compile("\"lat\"\\s*:\\s*\"?(-?[0-9.]{1,12})");
    private static final Pattern LONGITUDE = Pattern.compile("\"lon\"\\s*:\\s*\"?(-?[0-9.]{1,12})");

    private boolean known;
    private double latitude;
    private double longitude;
    private long time;
    private String eventId = "";

    @Override
    public void take(Sample sample, Turn turn) {
        double[] place = place(sample.value());
        if (place == null) {
            turn.count("no_place");
            return;
        }
        if (known) {
            compare(sample, place, turn);
        }
        known = true;
        latitude = place[0];
        longitude = place[1];
        time = sample.time();
        eventId = sample.eventId();
    }

    private void compare(Sample sample, double[] place, Turn turn) {
        BehaviourRule.Bounds bounds = turn.rule().bounds();
        double kilometres = distance(latitude, longitude, place[0], place[1]);
        long millis = Math.max(1, sample.time() - time);
        double speed = kilometres / (millis / 3_600_000.0);
        if (kilometres >= bounds.distance() && speed >= bounds.factor() && turn.learnt(sample.time())) {
            turn.say(
                    sample,
                    eventId,
                    String.format(
                            Locale.ROOT,
                            "两次登录相距 %.0f 公里、相隔 %s，要 %.0f 公里/时（界限 %.0f）；%s",
                            kilometres,
                            between(Duration.ofMillis(sample.time() - time)),
                            speed,
                            bounds.factor(),
                            turn.watched(sample.time())),
                    List.of(eventId, sample.eventId()),
                    2);
        }
    }

    private static String between(Duration time) {
        return time.toMinutes() < 1
                ? time.toSeconds() + " 秒"
                : time.toHours() < 1 ? time.toMinutes() + " 分" : time.toHours() + " 时 " + time.toMinutesPart() + " 分";
    }

    static double distance(double lat1, double lon1, double lat2, double lon2) {
        double north = Math.sin(Math.toRadians(lat2 - lat1) / 2);
        double east = Math.sin(Math.toRadians(lon2 - lon1) / 2);
        double a = north * north + Math.cos(Math.toRadians(lat1)) * Math.cos(Math.toRadians(lat2)) * east * east;
        return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(a)));
    }

    static double @Nullable [] place(String text) {
        Matcher pair = PAIR.matcher(text);
        if (pair.matches()) {
            return checked(pair.group(1), pair.group(2));
        }
        Matcher lat = LATITUDE.matcher(text);
        Matcher lon = LONGITUDE.matcher(text);
        return lat.find() && lon.find() ? checked(lat.group(1), lon.group(1)) : null;
    }

    private static double @Nullable [] checked(String lat, String lon) {
        try {
            double[] place = {Double.parseDouble(lat), Double.parseDouble(lon)};
            return Math.abs(place[0]) <= 90 && Math.abs(place[1]) <= 180 ? place : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeBoolean(known);
        out.writeDouble(latitude);
        out.writeDouble(longitude);
        out.writeLong(time);
        out.writeUTF(eventId);
    }

    @Override
    public void read(DataInput in) throws IOException {
        known = in.readBoolean();
        latitude = in.readDouble();
        longitude = in.readDouble();
        time = in.readLong();
        eventId = in.readUTF();
    }
}
