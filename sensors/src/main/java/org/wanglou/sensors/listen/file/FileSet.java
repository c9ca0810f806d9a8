package org.wanglou.sensors.listen.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which files a source means. A path names one file, and its rotated siblings belong to it ({@code access.log.1},
 * {@code access.log-20270101.gz}, {@code access-20270101.log}); a directory means every file in it; a pattern in the last
 * part of the path ({@code *.log}) means the files it fits. Other packings than gzip are left alone. A link is followed
 * only where the path names the file itself: whoever may write into a watched directory must not choose what is read.
 * Immutable.
 *
 * @param path as configured
 * @param folder what is listed; of a file its parent
 * @param pattern what its files' names must fit
 * @param exact whether the path names one file (or a directory, which is seen when it is listed)
 */
record FileSet(Path path, Path folder, PathMatcher pattern, boolean exact) {
    /** Files looked at, at most. */
    static final int MOST = 4_096;

    private static final Pattern WILD = Pattern.compile("[*?\\[{]");
    private static final String ROTATED = "[.-]\\d[0-9A-Za-z._+-]*";

    /**
     * @param primary it is the file that is written, not one that was rotated away
     * @param follow it may be a link
     */
    record Candidate(Path path, boolean primary, boolean follow) {
        boolean packed() {
            return path.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
        }
    }

    /** @throws IllegalArgumentException when a wildcard stands elsewhere than in the last part */
    static FileSet of(String text) {
        int slash = text.lastIndexOf('/');
        String last = text.substring(slash + 1);
        String before = slash < 0 ? "" : text.substring(0, Math.max(slash, 1));
        if (WILD.matcher(before).find()) {
            throw new IllegalArgumentException(
                    "path \"" + text + "\": only its last part may hold wildcards, such as /var/log/nginx/*.log");
        }
        if (WILD.matcher(last).find()) {
            Path listed = Path.of(before.isEmpty() ? "." : before);
            return new FileSet(listed, listed, FileSystems.getDefault().getPathMatcher("glob:" + last), false);
        }
        Path path = Path.of(text).toAbsolutePath().normalize();
        Path name = path.getFileName();
        Path parent = path.getParent();
        if (name == null || parent == null) {
            throw new IllegalArgumentException("path \"" + text + "\" names no file or directory");
        }
        return new FileSet(path, parent, siblings(name.toString()), true);
    }

    private static PathMatcher siblings(String name) {
        int dot = name.lastIndexOf('.');
        String inside = dot <= 0
                ? ""
                : "|" + Pattern.quote(name.substring(0, dot)) + ROTATED + Pattern.quote(name.substring(dot))
                        + "(?:\\.gz)?";
        Pattern rotated = Pattern.compile(Pattern.quote(name) + "(?:" + ROTATED + "|\\.old)?(?:\\.gz)?" + inside);
        return file -> rotated.matcher(file.toString()).matches();
    }

    /** What is there now, in order of name. What cannot be listed is empty: it may appear later. */
    List<Candidate> list() throws IOException {
        boolean directory = exact && Files.isDirectory(path);
        List<Candidate> found = new ArrayList<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(directory ? path : folder)) {
            for (Path file : listed) {
                Path name = file.getFileName();
                boolean named = exact && !directory && file.equals(path);
                if (name == null || otherPacking(name.toString()) || !directory && !pattern.matches(name)) {
                    continue;
                }
                if (named ? Files.isRegularFile(file) : Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(new Candidate(file, named || !exact || directory, named));
                    if (found.size() == MOST) {
                        break;
                    }
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(java.util.Comparator.comparing(Candidate::path));
        return found;
    }

    private static boolean otherPacking(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".bz2")
                || lower.endsWith(".xz")
                || lower.endsWith(".zst")
                || lower.endsWith(".zip")
                || lower.endsWith(".swp")
                || lower.endsWith(".tmp");
    }
}
