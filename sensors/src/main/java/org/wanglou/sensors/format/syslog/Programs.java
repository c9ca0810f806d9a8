package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.service.CharonMessage;
import org.wanglou.sensors.format.service.DhcpMessage;
import org.wanglou.sensors.format.service.DnsmasqMessage;
import org.wanglou.sensors.format.service.DovecotMessage;
import org.wanglou.sensors.format.service.EximMessage;
import org.wanglou.sensors.format.service.FtpMessage;
import org.wanglou.sensors.format.service.NamedMessage;
import org.wanglou.sensors.format.service.OpenVpnMessage;
import org.wanglou.sensors.format.service.PlainText;
import org.wanglou.sensors.format.service.PostfixMessage;
import org.wanglou.sensors.format.service.RadiusMessage;
import org.wanglou.sensors.format.service.SendmailMessage;
import org.wanglou.sensors.format.service.UnboundMessage;
import org.wanglou.sensors.format.service.WireGuardMessage;
import org.wanglou.sensors.format.web.AccessLine;
import org.wanglou.sensors.format.web.ApacheErrorLine;
import org.wanglou.sensors.format.web.HaproxyLine;
import org.wanglou.sensors.format.web.NginxErrorLine;
import org.wanglou.sensors.format.web.SquidLine;

/** Who reads the text of which program, and which dataset it is. To add one: its class, its samples, one line here. */
final class Programs {
    private static final String AUTH = "system.auth";
    private static final Map<String, Message> BY_NAME = new HashMap<>();
    private static final Map<String, String> DATASETS = new HashMap<>();

    static {
        add(AUTH, new SshdMessage(), "sshd", "sshd-session", "dropbear");
        add(AUTH, new SudoMessage(), "sudo", "sudo-i");
        add(AUTH, new SuMessage(), "su");
        add(AUTH, new AccountMessage(), "useradd", "userdel", "usermod", "groupadd", "groupdel", "groupmod");
        add(AUTH, new AccountMessage(), "passwd", "chpasswd", "chage", "chfn", "gpasswd", "adduser", "shadow");
        add(AUTH, new LoginMessage(), "systemd-logind", "login", "gdm-password", "lightdm", "sddm", "polkitd", "pam");
        add(
                "system.syslog",
                new CronMessage(),
                "cron",
                "CRON",
                "crond",
                "CROND",
                "anacron",
                "crontab",
                "/usr/sbin/cron");
        add("system.syslog", new SystemdMessage(), "systemd");
        add("system.syslog", new KernelMessage(), "kernel", "iptables", "ulogd", "netfilter", "ufw");
        add("dhcp.server", new DhcpMessage(), "dhcpd", "dnsmasq-dhcp", "kea-dhcp4", "dhcpdv6", "kea-dhcp6");
        add("dns.dnsmasq", new DnsmasqMessage(), "dnsmasq");
        add("dns.bind", new NamedMessage(), "named");
        add("dns.unbound", new UnboundMessage(), "unbound");
        add("postfix.log", new PostfixMessage(), "postfix");
        add("dovecot.log", new DovecotMessage(), "dovecot", "auth", "auth-worker", "imap-login", "pop3-login");
        add("dovecot.log", new DovecotMessage(), "submission-login", "managesieve-login");
        add("courier.log", new DovecotMessage(), "imapd", "pop3d", "pop3d-ssl", "imapd-ssl", "courierpop3login");
        add("courier.log", new DovecotMessage(), "courieresmtpd", "authdaemond");
        add("cyrus.log", new DovecotMessage(), "cyrus", "imap", "imaps", "pop3", "sieve", "timsieved");
        add("exim.log", new EximMessage(), "exim", "exim4");
        add("sendmail.log", new SendmailMessage(), "sendmail", "sm-mta", "sm-msp-queue", "sm-acceptingconnections");
        add("openvpn.log", new OpenVpnMessage(), "openvpn", "ovpn-server");
        add("wireguard.log", new WireGuardMessage(), "wg-quick", "wireguard");
        add("strongswan.log", new CharonMessage(), "charon", "charon-systemd", "pluto");
        add("freeradius.log", new RadiusMessage(), "radiusd", "freeradius");
        add("ftp.log", new FtpMessage(), "vsftpd", "proftpd", "pure-ftpd", "ftpd");
        add("haproxy.log", HaproxyLine::read, "haproxy");
        add("squid.log", SquidLine::read, "squid", "(squid-1)");
        add("nginx.access", access("nginx.access"), "nginx");
        add("apache.access", access("apache.access"), "apache", "apache2", "httpd");
        add("tomcat.access", access("tomcat.access"), "tomcat", "tomcat8", "tomcat9", "tomcat10");
    }

    private Programs() {}

    private static void add(String dataset, Message message, String... names) {
        for (String name : names) {
            BY_NAME.put(name, message);
            DATASETS.put(name, dataset);
        }
    }

    private static Message access(String dataset) {
        return (text, event, zone) -> AccessLine.read(text, dataset, event)
                || NginxErrorLine.read(text, event, zone)
                || ApacheErrorLine.read(text, event, zone)
                || ApacheErrorLine.untimed(text, event);
    }

    /** The dataset of a tag: that of its program, of its family ({@code postfix/smtpd}), else {@code system.syslog}. */
    static String dataset(String tag) {
        return DATASETS.getOrDefault(name(tag), "system.syslog");
    }

    /** {@code su(pam_unix)} is su, {@code postfix/smtpd} postfix, {@code /usr/sbin/cron} cron. */
    private static String name(String tag) {
        if (BY_NAME.containsKey(tag)) {
            return tag;
        }
        int bracket = tag.indexOf('(');
        String name = bracket > 0 ? tag.substring(0, bracket) : tag;
        int slash = name.indexOf('/', 1);
        if (slash > 0 && name.charAt(0) != '/') {
            // instances of their own are named postfix-out/smtpd
            String family = name.substring(0, slash);
            return family.startsWith("postfix-") ? "postfix" : family;
        }
        return name.startsWith("/") ? name.substring(name.lastIndexOf('/') + 1) : name;
    }

    static boolean read(String tag, String text, Event.Builder event, ZoneId zone) {
        if (tag.isEmpty()) {
            return false;
        }
        Message message = BY_NAME.get(name(tag));
        return message != null && message.read(text, event, zone) || PamMessage.readTagged(tag, text, event);
    }

    /** Messages that any program may send. */
    static void anywhere(String text, Event.Builder event) {
        if (!KernelMessage.firewall(text, event)) {
            PlainText.read(text, event);
        }
    }
}
