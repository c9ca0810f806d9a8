#!/usr/bin/env python3
"""Records the demonstration scenario from real software on loopback: sshd (through rsyslog), nginx, pmacctd (nfprobe).

Run as root on a throw-away Debian machine with openssh-server, rsyslog, nginx, pmacct, sshpass and curl:
    tools/record-scenario.py OUTPUT_DIRECTORY
It writes ssh.log (syslog frames as rsyslog forwarded them, one a line), nginx.log (access log lines) and netflow5.bin
(datagrams, each preceded by its length as two bytes, big-endian). Addresses are loopback addresses that stand for roles;
the player of `wanglou demo` replaces them, the account name and all times. Everything started here is ended here.
"""
import os, pwd, signal, socket, struct, subprocess, sys, tempfile, threading, time

out = sys.argv[1]
os.makedirs(out, exist_ok=True)
work = tempfile.mkdtemp()
children = []

# Roles: who stands behind which loopback address.
BRUTE, PUPIL, SCANNER, VISITOR, EXPORTER, LAB, BEACON = (
    "127.0.0.11", "127.0.0.12", "127.0.0.13", "127.0.0.14", "127.0.0.15", "127.0.0.16", "127.0.0.17")

def start(*command, **kw):
    p = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **kw)
    children.append(p)
    return p

def recorder(port, sink):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("127.0.0.1", port))
    def loop():
        while True:
            data, _ = s.recvfrom(65535)
            sink.append(data)
    threading.Thread(target=loop, daemon=True).start()

def write(name, text):
    path = os.path.join(work, name)
    with open(path, "w") as f:
        f.write(text)
    return path

syslog, flows = [], []
recorder(15514, syslog)
recorder(12055, flows)
try:
    # --- sshd writes to /dev/log, rsyslog forwards it over UDP as it would to a collector ---
    conf = write("rsyslog.conf", f"""
global(workDirectory="{work}")
module(load="imuxsock" SysSock.Name="/dev/log")
*.* action(type="omfwd" target="127.0.0.1" port="15514" protocol="udp" template="RSYSLOG_TraditionalForwardFormat")
""")
    start("rsyslogd", "-n", "-f", conf, "-i", os.path.join(work, "rsyslog.pid"))
    os.makedirs("/run/sshd", exist_ok=True)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", os.path.join(work, "hostkey")], check=True)
    account, password = "wldemo", "Correct-Horse-1"
    try:
        pwd.getpwnam(account)
    except KeyError:
        subprocess.run(["useradd", "-M", "-s", "/bin/true", account], check=True)
    subprocess.run(["chpasswd"], input=f"{account}:{password}".encode(), check=True)
    sshd = write("sshd_config", f"""
Port 12222
ListenAddress 127.0.0.1
HostKey {work}/hostkey
PidFile {work}/sshd.pid
UsePAM no
PasswordAuthentication yes
MaxAuthTries 6
MaxStartups 100
PerSourceMaxStartups none
""")
    start("/usr/sbin/sshd", "-D", "-f", sshd)
    time.sleep(1)

    def ssh(source, user, word):
        subprocess.run(
            ["sshpass", "-p", word, "ssh", "-b", source, "-p", "12222", "-o", "StrictHostKeyChecking=no",
             "-o", f"UserKnownHostsFile={work}/known", "-o", "PreferredAuthentications=password",
             "-o", "NumberOfPasswordPrompts=1", f"{user}@127.0.0.1", "true"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=20)

    ssh(PUPIL, account, "mistyped")
    ssh(PUPIL, account, password)
    for i in range(24):
        ssh(BRUTE, ["root", "admin", account][i % 3], f"guess-{i}")
    ssh(BRUTE, account, password)

    # --- nginx with a portal, an upload directory and an export endpoint ---
    web = os.path.join(work, "web")
    os.makedirs(os.path.join(web, "upload/2026"), exist_ok=True)
    os.makedirs(os.path.join(web, "api"), exist_ok=True)
    for name in ("index.html", "news.html", "upload/2026/help.jsp"):
        with open(os.path.join(web, name), "w") as f:
            f.write("<p>demo</p>")
    with open(os.path.join(web, "api/export"), "wb") as f:
        f.write(os.urandom(1 << 20))
    os.chmod(work, 0o755)
    nginx = write("nginx.conf", f"""
daemon off; pid {work}/nginx.pid; error_log {work}/error.log; worker_processes 1; user root;
events {{}}
http {{ access_log {work}/access.log combined;
  client_body_temp_path {work}/t1; proxy_temp_path {work}/t2; fastcgi_temp_path {work}/t3;
  uwsgi_temp_path {work}/t4; scgi_temp_path {work}/t5;
  server {{ listen 127.0.0.1:18080; root {web};
    location / {{ error_page 405 =200 $uri; }} }} }}
""")
    start("nginx", "-c", nginx)
    time.sleep(1)

    def get(source, path, agent="Mozilla/5.0 (X11; Linux x86_64)", method="GET"):
        subprocess.run(["curl", "-s", "-o", "/dev/null", "-X", method, "--path-as-is", "--interface", source,
                        "-A", agent, "http://127.0.0.1:18080" + path], timeout=20)

    for path in ("/", "/news.html", "/index.html"):
        get(VISITOR, path)
    for word in ("admin", "phpmyadmin", "backup.zip", "wp-login.php", ".git/config", ".env", "manager/html", "console",
                 "actuator/env", "druid/index.html", "solr/admin", "jenkins", "login.action", "old", "test.php",
                 "admin.php", "config.bak", "db.sql", "web.tar.gz", "upload.jsp", "shell.jsp", "cmd.jsp", "swagger-ui.html",
                 "nacos", "server-status", "phpinfo.php", "data.mdb", "editor/fckeditor", "install.php", "robots.bak"):
        get(SCANNER, "/" + word, "sqlmap/1.7.2#stable (https://sqlmap.org)")
    for attack in ("/news.html?id=1%27%20UNION%20SELECT%20username,password%20FROM%20users--%20",
                   "/news.html?id=1%20AND%20SLEEP(5)", "/download?file=../../../../etc/passwd",
                   "/news.html?q=%3Cscript%3Ealert(1)%3C/script%3E",
                   "/index.html?cmd=;cat%20/etc/passwd"):
        get(SCANNER, attack)
    get(SCANNER, "/upload/2026/help.jsp")
    get(SCANNER, "/upload/2026/help.jsp?cmd=whoami", method="POST")
    for page in range(60):
        get(EXPORTER, f"/api/export?type=student&page={page + 1}", "python-requests/2.31.0")

    # --- NetFlow v5 by pmacctd: a lab host speaks to an address on the indicator list ---
    probe = write("pmacctd.conf", f"""
daemonize: false
pcap_interface: lo
pcap_filter: host {LAB} and host {BEACON}
plugins: nfprobe
nfprobe_receiver: 127.0.0.1:12055
nfprobe_version: 5
nfprobe_timeouts: tcp.fin=1:tcp=2:expint=1:maxlife=3
aggregate: src_host, dst_host, src_port, dst_port, proto, tos
""")
    flow = start("pmacctd", "-f", probe)
    time.sleep(1)
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((BEACON, 14444))
    server.listen(5)
    for _ in range(3):
        client = socket.socket()
        client.bind((LAB, 0))
        client.connect((BEACON, 14444))
        peer, _ = server.accept()
        client.sendall(b"x" * 4000)
        peer.recv(65535)
        client.close()
        peer.close()
        time.sleep(0.3)
    deadline = time.time() + 20
    while not flows and time.time() < deadline:
        time.sleep(0.2)
    flow.send_signal(signal.SIGTERM)
    time.sleep(2)
    with open(os.path.join(work, "access.log")) as f:
        access = f.read()
finally:
    for child in reversed(children):
        child.terminate()
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
    subprocess.run(["userdel", "wldemo"], stderr=subprocess.DEVNULL)

host = socket.gethostname().encode()
with open(os.path.join(out, "ssh.log"), "wb") as f:
    for frame in syslog:
        if b"sshd[" in frame:
            f.write(frame.replace(b" " + host + b" ", b" web01 ").rstrip(b"\n") + b"\n")
with open(os.path.join(out, "nginx.log"), "w") as f:
    f.write(access)
with open(os.path.join(out, "netflow5.bin"), "wb") as f:
    for datagram in flows:
        f.write(struct.pack(">H", len(datagram)) + datagram)
print(f"{len(syslog)} syslog frames, {len(access.splitlines())} requests, {len(flows)} flow datagrams")
