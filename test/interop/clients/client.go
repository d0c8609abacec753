// Calls as Go's own library does, once a line of the file in the first argument. Answers one JSON line each.
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

type job struct{ Ca, Cert, Key, Url string }
type result struct {
	Loads  bool   `json:"loads"`
	Trusts bool   `json:"trusts"`
	Status int    `json:"status,omitempty"`
	Body   string `json:"body,omitempty"`
	Text   string `json:"text,omitempty"`
}

func one(j job) result {
	config := &tls.Config{RootCAs: x509.NewCertPool()}
	ca, _ := os.ReadFile(j.Ca)
	config.RootCAs.AppendCertsFromPEM(ca)
	if j.Cert != "" {
		pair, err := tls.LoadX509KeyPair(j.Cert, j.Key)
		if err != nil {
			return result{Text: err.Error()}
		}
		config.Certificates = []tls.Certificate{pair}
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: config, DisableKeepAlives: true}, Timeout: 5 * time.Second}
	answer, err := client.Get(j.Url)
	if err != nil {
		return result{Loads: true, Text: err.Error()}
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	return result{Loads: true, Trusts: true, Status: answer.StatusCode, Body: string(body)}
}

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var j job
		if json.Unmarshal(lines.Bytes(), &j) != nil {
			continue
		}
		line, _ := json.Marshal(one(j))
		fmt.Println(string(line))
	}
}
