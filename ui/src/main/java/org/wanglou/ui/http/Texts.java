package org.wanglou.ui.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What the API says to people, in one language; by key, and a key without text stands for itself. Immutable. */
public final class Texts {
    public static final Texts CHINESE = new Texts("zh-CN");
    public static final Texts ENGLISH = new Texts("en");

    private final Properties texts = new Properties();

    private Texts(String locale) {
        String name = "texts." + locale + ".properties";
        try (InputStream in = Texts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: " + name + " is missing");
            }
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("the program is damaged: " + name, e);
        }
    }

    /** For {@code zh-CN}, {@code en}, or an {@code Accept-Language} header; Chinese unless English comes first. */
    public static Texts in(String language) {
        return language.strip().regionMatches(true, 0, "en", 0, 2) ? ENGLISH : CHINESE;
    }

    public String of(String key) {
        return texts.getProperty(key, key);
    }

    String detail(String key) {
        return texts.getProperty(key + ".detail", of(key));
    }

    Object translated(Object item) {
        return item instanceof Problem.FieldError error
                ? new Problem.FieldError(error.pointer(), of(error.message()))
                : item;
    }
}
