// Ships numbered events with go-lumber's own client and exits once all are acknowledged; reconnects and sends the batch
// again on any error, as Beats do.
package main

import (
	"fmt"
	"os"
	"strconv"
	"time"

	v2 "github.com/elastic/go-lumber/client/v2"
)

func main() {
	total, _ := strconv.Atoi(os.Args[2])
	level, _ := strconv.Atoi(os.Args[3])
	resent := 0
	var cl *v2.SyncClient
	for at := 0; at < total; {
		var batch []interface{}
		for i := at; i < at+50 && i < total; i++ {
			batch = append(batch, map[string]interface{}{
				"@timestamp": time.Now().UTC().Format("2006-01-02T15:04:05.000Z"),
				"ecs":        map[string]string{"version": "8.0.0"},
				"@metadata":  map[string]string{"beat": "filebeat", "version": "8.0.0"},
				"agent":      map[string]string{"id": "a-1", "type": "filebeat"},
				"log":        map[string]interface{}{"offset": i * 40, "file": map[string]string{"path": "/var/log/x"}},
				"message":    fmt.Sprintf("number %d of the lines that must arrive", i)})
		}
		var err error
		if cl == nil {
			cl, err = v2.SyncDial(os.Args[1], v2.CompressionLevel(level), v2.Timeout(10*time.Second))
		}
		if err == nil {
			var n int
			n, err = cl.Send(batch)
			if err == nil && n == len(batch) {
				at += n
				continue
			}
			cl.Close()
		}
		cl = nil
		resent++
		time.Sleep(200 * time.Millisecond)
	}
	fmt.Println("acknowledged", total, "resent", resent)
}
