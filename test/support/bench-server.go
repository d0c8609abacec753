// A TLS server on Go's own library for the benchmark of verdicts. Reads its wishes as JSON from the file in its
// argument, prints its port.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
)

type wish struct {
	Cert, Key, ClientCa, Max, Min string
}

func main() {
	var w wish
	text, err := os.ReadFile(os.Args[1])
	if err != nil || json.Unmarshal(text, &w) != nil {
		log.Fatal("no wishes")
	}
	pair, err := tls.X509KeyPair([]byte(w.Cert), []byte(w.Key))
	if err != nil {
		log.Fatal(err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{pair}, NextProtos: []string{"http/1.1"}}
	if w.ClientCa != "" {
		config.ClientCAs = x509.NewCertPool()
		config.ClientCAs.AppendCertsFromPEM([]byte(w.ClientCa))
		config.ClientAuth = tls.RequireAndVerifyClientCert
	}
	if w.Max == "TLSv1.2" {
		config.MaxVersion = tls.VersionTLS12
	}
	if w.Min == "TLSv1.3" {
		config.MinVersion = tls.VersionTLS13
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	server := &http.Server{
		TLSConfig: config,
		ErrorLog:  log.New(io.Discard, "", 0),
		Handler:   http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) { fmt.Fprint(out, "hello") }),
	}
	log.Fatal(server.ServeTLS(listener, "", ""))
}
