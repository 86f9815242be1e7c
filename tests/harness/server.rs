//! `plimsoll serve` as a process of its own, and requests to it byte by byte: also those that no library would send.
use crate::binary;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Nothing that a test asks takes longer.
const PATIENCE: Duration = Duration::from_mins(1);

/// A server on a port of its own, which ends with the test.
pub struct Server {
    child: Child,
    address: String,
    _folder: Option<TempDir>,
}

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, without the marks of its pieces.
    pub body: Vec<u8>,
}

impl Response {
    /// A header's value; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("the body is text")
    }
    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }
}

impl Server {
    /// Starts one with these flags besides a free port of this machine.
    pub fn start(flags: &[&str]) -> Self {
        let mut command = Command::new(binary());
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(flags);
        // Scenarios are kept for the test alone, unless it says where.
        let folder = (!flags.contains(&"--database")).then(|| tempfile::tempdir().expect("there is room for a test"));
        if let Some(folder) = &folder {
            command.arg("--database").arg(format!("sqlite://{}", folder.path().join("scenarios.db").display()));
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the command can be run");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("standard output is a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("the server says where it is");
        let address = line.trim().rsplit("//").next().expect("an address").to_owned();
        assert!(address.starts_with("127.0.0.1:"), "the server says where it is: {line}");
        Self { child, address, _folder: folder }
    }
    /// Where it is.
    pub fn address(&self) -> &str {
        &self.address
    }
    /// A connection.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("the server takes connections");
        stream.set_read_timeout(Some(PATIENCE)).expect("sockets have timeouts");
        stream
    }
    /// Sends these bytes and reads what comes until the server closes.
    pub fn raw(&self, bytes: &[u8]) -> Response {
        let mut stream = self.connect();
        // A server that turns a request down need not read all of it.
        let _ = stream.write_all(bytes);
        read(&mut stream)
    }
    /// A request with these headers besides those that it must have.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Response {
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            head.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        self.raw(&[head.as_bytes(), b"\r\n", body].concat())
    }
    /// A page.
    pub fn get(&self, path: &str) -> Response {
        self.ask("GET", path, &[], b"")
    }
    /// A question in JSON.
    pub fn post(&self, path: &str, json: &serde_json::Value) -> Response {
        self.ask("POST", path, &[("Content-Type", "application/json")], json.to_string().as_bytes())
    }
    /// A form: parts with a name, the name of a file if it is one, and their content.
    pub fn form(&self, path: &str, parts: &[(&str, Option<&str>, &[u8])]) -> Response {
        let mut body = Vec::new();
        for (name, file, content) in parts {
            let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\""));
            let head = format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--XX--\r\n");
        self.ask("POST", path, &[("Content-Type", "multipart/form-data; boundary=XX")], &body)
    }
    /// Tells it to end, as systems do, without waiting for that.
    pub fn terminate(&self) {
        let pid = self.child.id().to_string();
        let status = Command::new("kill").args(["-TERM", &pid]).status().expect("kill is there");
        assert!(status.success(), "the server lives");
    }
    /// Waits for its end.
    pub fn wait(mut self) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("it is our child") {
                return status;
            }
            assert!(Instant::now() < until, "the server does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads an answer to its end.
pub fn read(stream: &mut TcpStream) -> Response {
    let mut bytes = Vec::new();
    // A server that closes before it has read all of a request resets the connection after its answer.
    let _ = stream.read_to_end(&mut bytes);
    parsed(&bytes)
}

fn parsed(bytes: &[u8]) -> Response {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no head in {:?}", String::from_utf8_lossy(bytes)));
    let head = String::from_utf8(bytes[..end].to_vec()).expect("heads are text");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let headers: Vec<_> = lines.filter_map(header).collect();
    let is_in_pieces = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let rest = &bytes[end + 4..];
    let body = if is_in_pieces { joined(rest) } else { rest.to_vec() };
    Response { status: status.expect("an answer has a status"), headers, body }
}

/// The pieces of a body without their marks.
fn joined(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = String::from_utf8_lossy(&rest[..end]).into_owned();
        let size = usize::from_str_radix(size.trim(), 16).expect("pieces tell their size");
        if size == 0 {
            break;
        }
        body.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 4 + size..];
    }
    body
}
